//! Reading of surfaces of skills (section 6.3 of the format).

use super::adapters::check_name;
use super::fields::Fields;
use super::model::{Adapter, Skill, SkillSource, SkillTool, Skills};
use super::reader::{Field, Named, Reader};

pub(super) fn read<'a>(fields: &mut Fields<'a>, adapter: Adapter<'a>) -> Skills<'a> {
    let reader = fields.reader;
    let skills = fields.need("skills");
    Skills { adapter, skills: reader.named(skills).into_iter().filter_map(|named| skill(reader, &named)).collect() }
}

fn skill<'a>(reader: Reader<'a>, named: &Named<'a>) -> Option<Skill<'a>> {
    let mut fields = Fields::open(reader, named.value, "the skill")?;
    let name = fields.name(named.key);
    check_name(reader, name, "a skill");
    let metadata = fields.get("metadata");
    let metadata = reader.texts(metadata).into_iter().filter_map(|(key, value)| {
        let value = reader.text(value, &format!("`{}` in `metadata`", key.value))?;
        Some((key, value))
    });
    let skill = Skill {
        name: name?,
        description: fields.need_text("description"),
        license: fields.text("license"),
        compatibility: fields.text("compatibility"),
        metadata: metadata.collect(),
        allowed_tools: fields.text("allowed-tools"),
        argument_hint: fields.text("argument-hint"),
        user_invocable: fields.boolean("user-invocable"),
        disable_model_invocation: fields.boolean("disable-model-invocation"),
        location: fields.text("location"),
        tools: tools(&mut fields),
    };
    fields.finish();
    Some(skill)
}

fn tools<'a>(fields: &mut Fields<'a>) -> Vec<SkillTool<'a>> {
    let reader = fields.reader;
    reader.named(fields.get("tools")).into_iter().filter_map(|named| tool(reader, &named)).collect()
}

fn tool<'a>(reader: Reader<'a>, named: &Named<'a>) -> Option<SkillTool<'a>> {
    let mut fields = Fields::open(reader, named.value, "the tool of the skill")?;
    let name = fields.name(named.key);
    check_name(reader, name, "a tool");
    let tool = SkillTool {
        name: name?,
        description: fields.need_text("description"),
        from: fields.get("from").and_then(|field| source(reader, field)),
        instruction: fields.text("instruction"),
    };
    fields.finish();
    Some(tool)
}

fn source<'a>(reader: Reader<'a>, field: Field<'a>) -> Option<SkillSource<'a>> {
    let mut fields = Fields::open(reader, field.value, "`from`")?;
    let source = SkillSource { namespace: fields.need_text("sourceNamespace"), action: fields.need_text("action") };
    fields.finish();
    Some(source)
}
