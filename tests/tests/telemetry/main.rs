//! Telemetry over sockets: the capability of `observatory.yaml` in front of its upstreams, and a collector that decodes what
//! it is sent.

mod collector;
mod control;
mod documents;
mod environment;
mod observatory;
mod propagation;
mod secrets;
mod traces;
