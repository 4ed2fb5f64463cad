//! Skills.

use proc_macro2::TokenStream;
use quote::quote;

use super::option;
use crate::emit::names::index;
use crate::ir::{Skill, SkillTool, SkillToolSource};

pub(super) fn skill(skill: &Skill) -> TokenStream {
    let Skill {
        name,
        description,
        license,
        compatibility,
        metadata,
        allowed_tools,
        argument_hint,
        user_invocable,
        disable_model_invocation,
        folder,
        tools,
    } = skill;
    let [license, compatibility, allowed_tools, argument_hint, folder] =
        [license, compatibility, allowed_tools, argument_hint, folder].map(|text| option(text.as_ref()));
    let metadata = metadata.iter().map(|(key, value)| quote! { (#key, #value) });
    let tools = tools.iter().map(tool);
    quote! {
        Skill {
            name: #name,
            description: #description,
            license: #license,
            compatibility: #compatibility,
            metadata: &[#(#metadata),*],
            allowed_tools: #allowed_tools,
            argument_hint: #argument_hint,
            user_invocable: #user_invocable,
            disable_model_invocation: #disable_model_invocation,
            folder: #folder,
            tools: &[#(#tools),*],
        }
    }
}

fn tool(tool: &SkillTool) -> TokenStream {
    let SkillTool { name, description, source } = tool;
    let source = match source {
        SkillToolSource::Action { surface, name } => {
            let surface = index(*surface);
            quote! { SkillToolSource::Action { surface: #surface, name: #name } }
        }
        SkillToolSource::Instruction(path) => quote! { SkillToolSource::Instruction(#path) },
    };
    quote! { SkillTool { name: #name, description: #description, source: #source } }
}
