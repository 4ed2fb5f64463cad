//! Control surfaces, and what they need of the runtime.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::option;
use crate::ir::{Capability, Control, Logs, Observability, Propagation, Surface};

/// What a surface shows.
pub(super) fn surface(control: &Control) -> TokenStream {
    let Control { health, info, metrics, logs, observability } = control;
    let Logs { level_control, stream, max_subscribers } = logs;
    let max_subscribers = Literal::u32_unsuffixed(*max_subscribers);
    let Observability { enabled, sampling, propagation, recent_traces, endpoint, is_demanded: _ } = observability;
    let sampling = Literal::f64_unsuffixed(*sampling);
    let propagation = match propagation {
        Propagation::W3c => quote! { Propagation::W3c },
        Propagation::B3 => quote! { Propagation::B3 },
    };
    let recent_traces = option(recent_traces.map(Literal::u32_unsuffixed));
    let endpoint = option(endpoint.as_ref());
    quote! {
        Surface::Control {
            health: #health,
            info: #info,
            metrics: #metrics,
            logs: Logs { level_control: #level_control, stream: #stream, max_subscribers: #max_subscribers },
            observability: Observability {
                enabled: #enabled,
                sampling: #sampling,
                propagation: #propagation,
                recent_traces: #recent_traces,
                endpoint: #endpoint,
            },
        }
    }
}

/// What fails to compile where the runtime lacks a feature that a control surface needs.
pub(in crate::emit) fn needs(capability: &Capability, runtime: &TokenStream) -> TokenStream {
    let needs = capability.exposes.iter().filter_map(|exposes| match &exposes.surface {
        Surface::Control(control) if control.observability.is_demanded => {
            Some(quote! { #runtime::__private::require_opentelemetry! {} })
        }
        Surface::Control(control) if control.logs.level_control || control.logs.stream => {
            Some(quote! { #runtime::__private::require_telemetry! {} })
        }
        _ => None,
    });
    needs.collect()
}
