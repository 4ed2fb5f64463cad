//! The manifests: settings, the program, what balances requests over it, and how much of it may be away at once.

use super::Plan;
use super::container::USER;
use super::yaml::{Node, list, map};

/// Where files with secrets are mounted.
pub(super) const SECRET_FILES: &str = "/secrets";

/// How many copies there are. They share nothing, so any number will do.
const REPLICAS: u32 = 2;

/// How long balancers may take to learn that a copy is about to end, in seconds. Until then it goes on.
const NOTICE: u32 = 5;

/// How long a copy may take to end, in seconds: the notice, the program's `drain_timeout` of ten seconds, and some air.
const GRACE: u32 = 30;

/// All manifests in one file.
pub(super) fn manifests(plan: &Plan) -> String {
    let Plan { name, .. } = plan;
    let secrets = " Its secrets are in a `Secret` of that name, which is not in this file.";
    let secrets = if plan.secrets.is_empty() { "" } else { secrets };
    let mut text = format!("# {name} in Kubernetes.{secrets}\n");
    for manifest in [settings(plan), deployment(plan), service(plan), budget(plan)] {
        text += "---\n";
        text += &manifest.document();
    }
    text
}

fn labels(plan: &Plan) -> Node {
    map! { "app.kubernetes.io/name": &plan.name }
}

fn metadata(plan: &Plan) -> Node {
    let description = map! { "kubernetes.io/description": &plan.description };
    let metadata = map! { "name": &plan.name, "labels": labels(plan) };
    metadata.with_some("annotations", (!plan.description.is_empty()).then_some(description))
}

fn settings(plan: &Plan) -> Node {
    let data = plan.settings.iter().map(|(variable, value)| (variable.clone(), value.into())).collect();
    map! { "apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata(plan), "data": Node::Map(data) }
}

fn deployment(plan: &Plan) -> Node {
    map! {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": metadata(plan),
        "spec": map! {
            "replicas": REPLICAS,
            "selector": map! { "matchLabels": labels(plan) },
            "strategy": map! {
                "type": "RollingUpdate",
                "rollingUpdate": map! { "maxSurge": 1_u32, "maxUnavailable": 0_u32 },
            },
            "template": map! { "metadata": pod_metadata(plan), "spec": pod(plan) },
        },
    }
}

/// With the annotations by which Prometheus is commonly told what to read.
fn pod_metadata(plan: &Plan) -> Node {
    let metrics = plan.ports.iter().find(|port| port.has_metrics).map(|port| {
        map! {
            "prometheus.io/scrape": "true",
            "prometheus.io/port": port.inner.to_string(),
            "prometheus.io/path": "/metrics",
        }
    });
    map! { "labels": labels(plan) }.with_some("annotations", metrics)
}

fn pod(plan: &Plan) -> Node {
    let files = map! { "name": "secrets", "secret": map! { "secretName": format!("{}-files", plan.name) } };
    let pod = map! {
        "automountServiceAccountToken": false,
        "enableServiceLinks": false,
        "terminationGracePeriodSeconds": GRACE,
        "securityContext": map! {
            "runAsNonRoot": true,
            "runAsUser": USER,
            "runAsGroup": USER,
            "seccompProfile": map! { "type": "RuntimeDefault" },
        },
        "topologySpreadConstraints": list![map! {
            "maxSkew": 1_u32,
            "topologyKey": "kubernetes.io/hostname",
            "whenUnsatisfiable": "ScheduleAnyway",
            "labelSelector": map! { "matchLabels": labels(plan) },
        }],
        "containers": list![container(plan)],
    };
    pod.with_some("volumes", (!plan.secret_files.is_empty()).then_some(list![files]))
}

fn container(plan: &Plan) -> Node {
    let secrets = plan.secrets.iter().map(|(variable, is_required)| secret(plan, variable, *is_required));
    let container = map! {
        "name": "server",
        "image": &plan.image,
        "ports": plan.ports.iter().map(|port| map! { "name": &port.name, "containerPort": port.inner }).collect::<Node>(),
        "envFrom": list![map! { "configMapRef": map! { "name": &plan.name } }],
        "startupProbe": probe(plan, "live", 1, 30),
        "livenessProbe": probe(plan, "live", 10, 3),
        "readinessProbe": probe(plan, "ready", 5, 1),
        "lifecycle": map! { "preStop": map! { "sleep": map! { "seconds": NOTICE } } },
        "resources": map! {
            "requests": map! { "cpu": "50m", "memory": "32Mi" },
            "limits": map! { "memory": "256Mi" },
        },
        "securityContext": map! {
            "allowPrivilegeEscalation": false,
            "readOnlyRootFilesystem": true,
            "capabilities": map! { "drop": list!["ALL"] },
        },
    };
    let mounts = list![map! { "name": "secrets", "mountPath": SECRET_FILES, "readOnly": true }];
    let container = container.with_some("env", (!plan.secrets.is_empty()).then(|| secrets.collect()));
    container.with_some("volumeMounts", (!plan.secret_files.is_empty()).then_some(mounts))
}

fn secret(plan: &Plan, variable: &str, is_required: bool) -> Node {
    let reference = map! { "name": &plan.name, "key": variable, "optional": !is_required };
    map! { "name": variable, "valueFrom": map! { "secretKeyRef": reference } }
}

fn probe(plan: &Plan, kind: &str, period: u32, failures: u32) -> Node {
    map! {
        "httpGet": map! { "path": format!("/health/{kind}"), "port": &plan.probed },
        "periodSeconds": period,
        "failureThreshold": failures,
    }
}

/// What tells of the program is for those who run it, who find it by the pod.
fn service(plan: &Plan) -> Node {
    let ports = plan.ports.iter().filter(|port| !port.is_control);
    let ports = ports.map(|port| map! { "name": &port.name, "port": port.outer, "targetPort": &port.name });
    map! {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": metadata(plan),
        "spec": map! { "selector": labels(plan), "ports": ports.collect::<Node>() },
    }
}

fn budget(plan: &Plan) -> Node {
    map! {
        "apiVersion": "policy/v1",
        "kind": "PodDisruptionBudget",
        "metadata": metadata(plan),
        "spec": map! { "maxUnavailable": 1_u32, "selector": map! { "matchLabels": labels(plan) } },
    }
}
