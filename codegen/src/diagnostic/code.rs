//! The codes of all diagnostics.

use super::Severity;

macro_rules! codes {
    ($($name:ident $code:literal $severity:ident $summary:literal;)*) => {
        /// The kind of a diagnostic.
        ///
        /// Codes are stable. Their third and fourth digit tell the stage: `00` text and YAML, `01` the shape of the
        /// document, `02` binds and templates, `03` names and calls, `04` parameters, `05` addresses, routes, MCP resources and
        /// prompts, and skills, `06` steps and outputs, `07` aggregates and imports, `08` formats and bodies, `09` parts of the format that are not supported yet; of OpenAPI,
        /// `10` the document, `11` references, `12` schemas,
        /// `13` operations, `14` security and servers, `15` settings, `16` the
        /// join with a capability file, `17` security and style.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = concat!("`", $code, "`: ", $summary)] $name,)*
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The code as it is shown: `CAP0301`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }

            /// What the code stands for, in a sentence.
            #[must_use]
            pub const fn summary(self) -> &'static str {
                match self {
                    $(Self::$name => $summary,)*
                }
            }

            /// How serious a diagnostic of this code is.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self {
                    $(Self::$name => Severity::$severity,)*
                }
            }
        }
    };
}

codes! {
    TooLong "CAP0001" Error "The file is too long.";
    Syntax "CAP0002" Error "The file is not YAML.";
    ControlCharacter "CAP0003" Error "The file contains a control character.";
    EmptyDocument "CAP0004" Error "The file contains nothing.";
    SeveralDocuments "CAP0005" Error "The file contains more than one YAML document.";
    DuplicateKey "CAP0006" Error "A mapping has a key twice.";
    TooDeep "CAP0007" Error "The file is nested too deeply.";
    AliasExpansion "CAP0008" Error "An alias stands inside the node it names, or the aliases stand for too much.";
    KeyNotText "CAP0009" Error "A key is a list or a mapping.";
    UnknownTag "CAP0010" Error "A YAML tag has no meaning here.";
    MergeKey "CAP0011" Error "A merge key `<<` has a value that is no mapping.";
    FileNotFound "CAP0012" Error "A file is not found, not in the crate, or not readable.";

    WrongShape "CAP0101" Error "A value has another shape than the format demands.";
    MissingField "CAP0102" Error "A field is missing.";
    UnknownField "CAP0103" Lint "A field is unknown to the format and has no effect.";
    MissingVersion "CAP0104" Error "The file does not say that it is a capability file.";
    UnknownVersion "CAP0105" Error "The version of the format is unknown.";
    InvalidValue "CAP0106" Error "A value is none of those that the field allows.";
    Extension "CAP0107" Lint "A field is not in the format's schema here, but has an effect.";
    NothingToCompile "CAP0108" Error "The file neither consumes nor exposes anything.";
    RenamedField "CAP0109" Lint "A field has the name of another field of the same meaning.";
    IrregularName "CAP0110" Lint "A name has characters that the format's schema does not allow in it.";
    DuplicateResourceName "CAP0111" Lint "Two resources have the same name.";
    MissingDescription "CAP0112" Lint "A description is missing.";
    UnreadSection "CAP0113" Lint "A section stands where only files that import this one read it.";
    UnnamedOperation "CAP0114" Lint "An exposed operation has no name and takes that of the operation it calls.";

    UndeclaredVariable "CAP0201" Error "A template refers to a variable that no bind declares.";
    MalformedTemplate "CAP0202" Error "The braces of a template do not match.";
    AmbiguousVariable "CAP0203" Error "A template refers to a variable that several binds declare.";
    SecretInFile "CAP0204" Error "A credential stands in the file.";
    EmptyCredential "CAP0205" Error "A credential is empty.";
    UndeclaredInFragment "CAP0206" Lint "A file for others to import refers to a variable that it does not declare.";
    UnusableLocation "CAP0207" Error "The location of a bind is no file that a program can read when it starts.";
    PlacementNotGiven "CAP0260" Lint "An API key does not say where it travels, and is sent in a header.";
    OneSidedField "CAP0261" Lint "A field of an OAuth 2 authentication has no effect on this side.";

    UnknownOperation "CAP0301" Error "A call refers to an operation that its namespace does not have.";
    UnknownNamespace "CAP0302" Error "A call refers to a namespace that nothing consumes.";
    MalformedCall "CAP0303" Error "A call is not of the form `namespace.operation`.";
    CallWithoutNamespace "CAP0304" Lint "A call leaves out the namespace.";
    DuplicateOperation "CAP0305" Error "Two consumed operations of a namespace have the same name.";
    DuplicateNamespace "CAP0306" Error "Two parts of the file have the same namespace.";
    DuplicateTool "CAP0307" Error "Two tools of a surface have the same name.";
    ToolRenamed "CAP0308" Lint "A tool is served under another name, since its own is not allowed in MCP.";
    VariableClash "CAP0309" Error "Two settings are read from the same environment variable.";

    AmbiguousParameter "CAP0401" Error "More than one parameter could be meant.";
    UnsuppliedPathVariable "CAP0402" Error "Nothing supplies a variable of the upstream's path.";
    PairedByElimination "CAP0403" Lint "Two path variables are taken for one since they alone are left over.";
    UnknownInput "CAP0404" Error "`with` gives a value to an input that the operation does not have.";
    UnknownReference "CAP0405" Error "A value is taken from where there is none.";
    ConstantType "CAP0406" Error "A constant does not fit the type of the input.";
    DerivedBody "CAP0407" Lint "An operation declares no body and takes an optional one.";
    UnusedInput "CAP0408" Lint "A declared input goes nowhere.";
    NoSuchPathVariable "CAP0409" Lint "A declared path parameter does not stand in the path.";
    MalformedPath "CAP0410" Error "A path is malformed.";
    DuplicateParameter "CAP0411" Error "A parameter is declared twice.";
    ArgumentRenamed "CAP0412" Lint "A tool's argument has another name, since its own is not allowed.";
    MustBeRequired "CAP0413" Lint "An input is declared optional, but the upstream needs it.";
    BodyOfSafeMethod "CAP0414" Lint "A GET or HEAD request has a body.";
    ImplicitInput "CAP0415" Lint "A template refers to a parameter that nothing declares, which becomes an input.";

    BadBaseUri "CAP0501" Error "A base URI is no address of an HTTP API.";
    BaseUriNotGiven "CAP0502" Lint "A base URI is left open and becomes a setting that must be given.";
    TrailingSlash "CAP0503" Lint "A base URI or path ends with a slash.";
    DuplicateRoute "CAP0504" Error "Two routes of a surface answer the same requests.";
    AddressInUse "CAP0505" Error "Two surfaces listen on the same address.";
    InvalidPort "CAP0506" Error "A port is no number or out of range.";
    InvalidAddress "CAP0507" Error "An address to listen on is no host name or IP address.";
    HintContradictsMethod "CAP0508" Lint "A tool's hint contradicts the method of its operation.";
    QueryInPath "CAP0509" Lint "A path contains a query.";
    RelativePath "CAP0510" Lint "A path does not begin with a slash.";
    UselessPort "CAP0511" Lint "A surface on standard input and output has a port or address.";

    MalformedResourceUri "CAP0520" Error "The URI of a resource is no URI, or no template of URIs.";
    DuplicateResource "CAP0521" Error "Two resources of a surface have the same name, or answer to the same URIs.";
    UnsuppliedResourceInput "CAP0522" Error "What a resource calls needs an input that its URI does not have.";
    UnusableResourceLocation "CAP0523" Error "The location of a resource is no folder of the machine that serves it.";
    ResourceContents "CAP0524" Error "A resource has both a location and something that it does, or neither.";
    DuplicatePrompt "CAP0530" Error "Two prompts of a surface, or two arguments of a prompt, have the same name.";
    UndeclaredArgument "CAP0531" Error "A prompt refers to an argument that it does not declare.";
    UnusedArgument "CAP0532" Lint "A prompt declares an argument that its text does not use.";
    PromptWithoutContent "CAP0533" Error "A prompt has both a template and a location, or neither.";
    PromptFileNotFound "CAP0534" Error "The file of a prompt is not there or cannot be read.";
    PortNotGiven "CAP0540" Lint "A surface has no port, and where it listens becomes a setting that must be given.";
    PortAsText "CAP0541" Lint "A port is written as a text.";
    ImpliedCall "CAP0542" Lint "An exposed operation calls nothing and is taken for the consumed operation of its name.";
    CallOfResource "CAP0543" Lint "A call names the resource of the operation besides its namespace.";
    PlaceNotGiven "CAP0544" Lint "An input of a route does not say where it travels.";
    PathVariableInQuery "CAP0545" Lint "A variable of the upstream's path is taken from the query, since the route's path has none.";
    UnfitInputRule "CAP0546" Error "A rule for an input does not fit the input.";
    MalformedInputPattern "CAP0547" Error "The pattern of an input is no regular expression.";
    ContradictoryResponses "CAP0548" Error "What an operation declares of its answers contradicts itself.";
    ResponsesWithoutEffect "CAP0549" Lint "What an operation declares of its answers has no effect on them.";
    UnfitForward "CAP0550" Error "A forwarded resource has a path or a header that cannot be handed on.";
    TunnelLeftOut "CAP0551" Lint "An upstream behind a tunnel is reached directly.";
    DuplicateSkill "CAP0560" Error "Two skills of a surface, or two tools of a skill, have the same name.";
    SkillToolSource "CAP0561" Error "A tool of a skill has neither, or both, of an operation and an instruction.";
    UnknownSkillSource "CAP0562" Error "A tool of a skill is an operation of another surface that is not there.";
    InstructionWithoutLocation "CAP0563" Error "A tool of a skill is a file, and the skill has no folder.";
    UnusableSkillFile "CAP0564" Error "The location of a skill is no folder, or an instruction no file in one.";
    LongSkillText "CAP0565" Lint "A text of a skill is longer than agents take.";
    ControlPlace "CAP0570" Error "A control surface is not the only one, or has the port of another surface.";
    ImpossibleControl "CAP0571" Error "A control surface is asked for what a compiled capability cannot do.";
    IdleControl "CAP0572" Lint "A setting of a control surface has no effect on a compiled capability.";
    ControlValue "CAP0573" Error "A setting of a control surface has a value that it cannot have.";
    GrpcEndpoint "CAP0574" Lint "Telemetry is sent by HTTP to a port that collectors speak gRPC at.";

    UnfitOutput "CAP0601" Error "An output cannot have the value that the file gives it.";
    OutputWithoutValue "CAP0602" Lint "An output of what calls nothing has no value and is left out.";
    DuplicateOutput "CAP0603" Error "Two outputs have the same name.";
    MalformedJsonPath "CAP0604" Error "A path is no path of JSONPath.";
    LooseJsonPath "CAP0605" Lint "A path is not written as JSONPath has it, but its meaning is clear.";
    FurtherOutputs "CAP0606" Lint "A call has several outputs, of which one is the answer.";
    DuplicateStep "CAP0620" Error "Two steps have the same name.";
    UnknownStep "CAP0621" Error "A reference names a step that does not exist.";
    LaterStep "CAP0622" Error "A step refers to itself or to a later one.";
    UnknownStepField "CAP0623" Error "A reference names a field that the output of a step cannot have.";
    ConflictingMappings "CAP0624" Error "Two mappings are for the same place of the answer.";
    MappingsWithoutSteps "CAP0625" Error "Mappings stand where there are no steps.";
    UnmappedOutput "CAP0626" Lint "An output beside mappings is produced by none of them.";
    CallBesideSteps "CAP0627" Error "Something both calls an operation and has steps.";
    ScriptStep "CAP0628" Note "A step runs a script, in whose place the program has a method.";
    StepTypeNotGiven "CAP0629" Lint "A step does not say its type, which is plain from its fields.";

    UnknownFlow "CAP0701" Error "A `ref` names a flow that no aggregate has.";
    DuplicateFlow "CAP0702" Error "Two flows of an aggregate have the same name.";
    UnreferencedFlow "CAP0703" Lint "A flow of an aggregate is referred to by nothing.";
    OverriddenFlow "CAP0704" Lint "What refers to a flow says itself what it does.";
    CacheableFlow "CAP0705" Lint "A flow is said to be cacheable, which has no effect.";

    ImportNotFound "CAP0711" Error "An import names a file that is not there or cannot be read.";
    UnknownImport "CAP0712" Error "An import names something that its file does not have.";
    CircularImport "CAP0713" Error "An import leads back to itself.";

    MalformedBody "CAP0801" Error "A request body is not what it says it is, or has a template where none can be.";

    MalformedOutputSchema "CAP0820" Error "An `outputSchema` is not what its format demands.";
    OutputSchemaNotFound "CAP0821" Error "The file that an `outputSchema` names is not there or cannot be read.";
    UselessOutputSchema "CAP0822" Lint "An `outputSchema` stands beside a format that needs none.";

    UnsupportedAuthentication "CAP0913" Error "Authentication of this type is not supported.";
    UnsupportedTunnel "CAP0918" Error "An upstream is behind a tunnel, which a compiled capability cannot open.";
    UnsupportedTemplate "CAP0919" Error "A template in this place, or of this kind, is not supported yet.";
    UnsupportedMethod "CAP0920" Error "This method is not supported in this place.";
    UnsupportedEnvironmentParameter "CAP0921" Error "Inputs of a surface cannot come from the environment.";

    NotOpenApi "CAP1001" Error "The file is no OpenAPI document.";
    UnsupportedOpenApiVersion "CAP1002" Error "The version of OpenAPI is not supported.";
    UnreadableDocument "CAP1003" Error "The OpenAPI document cannot be read.";
    OpenApiShape "CAP1004" Lint "A value has another shape than the specification demands, and has no effect.";
    UnknownOpenApiField "CAP1005" Lint "A field is unknown to the specification and has no effect.";

    RemoteReference "CAP1101" Error "A reference leads to another host.";
    DanglingReference "CAP1102" Lint "A reference leads nowhere: what uses it is untyped.";
    CircularReference "CAP1103" Lint "A reference leads back to itself: what uses it is untyped.";
    ReferenceSiblings "CAP1104" Lint "What stands beside a reference has no effect in OpenAPI 3.0.";
    DanglingMapping "CAP1105" Lint "A discriminator's mapping names a schema that does not exist.";

    UnknownType "CAP1201" Lint "The name of a type is none of JSON Schema's.";
    NullableKeyword "CAP1202" Lint "`nullable` is no keyword of OpenAPI 3.1, but is honoured.";
    BooleanRequired "CAP1203" Lint "`required` of a schema is a truth value.";
    MistypedValue "CAP1204" Lint "A listed value is not of the schema's type.";
    UnfitDefault "CAP1205" Lint "A default is not of the schema's type and has no effect.";
    RequiredUnknown "CAP1206" Lint "A required property is not among the properties.";
    KeywordWithoutEffect "CAP1207" Lint "A keyword of JSON Schema has no effect on types.";
    DiscriminatorWithoutProperty "CAP1208" Lint "A discriminator does not name its property.";
    TooManyCombinations "CAP1209" Lint "Schemas combine in too many ways, and some have no effect.";
    ContradictorySchemas "CAP1210" Lint "Schemas that hold together are of different types, and one of them has no effect.";

    MissingOperationId "CAP1301" Lint "An operation has no identifier and is named after its method and path.";
    DuplicateOperationId "CAP1302" Lint "Two operations have the same identifier.";
    UndeclaredPathVariable "CAP1303" Lint "A variable of a path is not declared as a parameter.";
    UnusedPathParameter "CAP1304" Lint "A declared path parameter does not stand in the path.";
    OddPath "CAP1305" Lint "A path has a fragment, a query or an operator, or does not begin with a slash.";
    ParameterLocation "CAP1306" Lint "A parameter has no location that exists.";
    ParameterStyle "CAP1307" Lint "A parameter has a style that does not exist in its place.";
    ReservedHeader "CAP1308" Lint "A parameter is a header that the client itself sends, and has no effect.";
    DuplicateOpenApiParameter "CAP1309" Lint "A parameter is declared twice.";
    MediaTypeParameters "CAP1310" Lint "A media type has parameters.";
    OddMediaType "CAP1311" Lint "A media type is malformed.";
    BodyWithoutContent "CAP1312" Lint "A request body has no content and has no effect.";
    OddStatus "CAP1313" Lint "The key of a response is no status, and has no effect.";
    CallbacksIgnored "CAP1314" Lint "Callbacks have no effect.";
    WebhooksIgnored "CAP1315" Lint "Webhooks have no effect.";
    MissingParameterName "CAP1316" Lint "A parameter has no name and has no effect.";
    EquivalentPaths "CAP1317" Lint "Two paths differ in nothing but the names of their variables.";
    FieldWithoutEffect "CAP1318" Lint "A field of the specification has no effect.";
    IndistinctOperation "CAP1319" Lint "No server can tell an operation from another one, or the variables of its path apart.";

    UnknownSecurityScheme "CAP1401" Lint "A security requirement names a scheme that does not exist.";
    OddSecurityScheme "CAP1402" Lint "A security scheme is incomplete or of an unknown kind, and nobody can meet it.";
    UndeclaredServerVariable "CAP1403" Lint "A variable of a server's URL is not declared.";

    UnknownReplacedSchema "CAP1501" Error "A setting replaces a schema that does not exist.";
    UnknownReplacedFormat "CAP1502" Lint "A setting replaces a format that no schema has.";
    SelectsNothing "CAP1503" Error "A pattern selects no operation.";
    MalformedPattern "CAP1504" Error "A pattern of operations is malformed.";
    UnknownTool "CAP1505" Error "A setting names a tool that does not exist.";
    ToolName "CAP1506" Error "A tool cannot have the name that a setting gives it.";

    UnmatchedOperation "CAP1601" Error "A consumed operation differs a little from all of the OpenAPI document.";
    AmbiguousMatch "CAP1602" Error "A consumed operation could be more than one of the OpenAPI document.";
    UnknownUnmatched "CAP1603" Error "An operation that may be without a match does not exist.";
    NeedlessUnmatched "CAP1604" Lint "An operation that may be without a match has one.";
    UndocumentedParameter "CAP1605" Error "A parameter is declared that the OpenAPI document does not have.";
    ContradictingType "CAP1606" Error "A parameter is declared with another type than the OpenAPI document says.";
    UnsuppliableInput "CAP1607" Error "The OpenAPI document demands an input that a capability cannot send.";
    InputLeftOut "CAP1608" Lint "An input of the OpenAPI document has no effect, since a capability cannot send it.";
    UndocumentedHeader "CAP1609" Lint "A header with a constant value is not in the OpenAPI document.";
    UndocumentedOperation "CAP1610" Lint "A consumed operation is not in the OpenAPI document.";
    UnrelatedDocument "CAP1611" Error "The OpenAPI document has none of the consumed operations.";

    UnusedVariable "CAP1701" Lint "A variable is declared by a bind and used nowhere.";
    ActiveContent "CAP1702" Lint "A label or description contains a script.";
    AuthenticationOnStdio "CAP1703" Lint "A surface on standard input and output has authentication.";
    OpenAuthorizationServer "CAP1704" Error "An authorization server is reached without encryption.";
    OpenResource "CAP1705" Lint "The resource of an OAuth 2 authentication is reached without encryption.";
    ContradictorySemantics "CAP1706" Lint "The semantics of a function contradict a method or a hint.";
    RemoteControl "CAP1707" Lint "A control surface can be reached from other machines.";
    LongToolList "CAP1708" Lint "The list of an MCP surface's tools is longer than its budget.";
    MissingTags "CAP1721" Lint "The file has no tags.";
    UndescribedPart "CAP1722" Lint "A resource, operation or function has no description.";
    ExampleAddress "CAP1723" Lint "An address is one that is reserved for examples.";
    NoScopes "CAP1724" Lint "An OAuth 2 authentication names no scopes.";
    SchemaViolation "CAP1741" Lint "The format's published schema refuses what has a meaning here.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_ordered() {
        let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert!(codes.is_sorted_by(|left, right| left < right));
        assert!(codes.iter().all(|code| code.len() == 7 && code.starts_with("CAP")));
        assert!(Code::ALL.iter().all(|code| code.summary().ends_with('.')));
    }
}
