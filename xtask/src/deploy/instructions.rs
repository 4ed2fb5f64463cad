//! What whoever deploys has to do, as commands.

use std::path::Path;

use super::Plan;

/// The commands that remain, in order.
pub(super) fn instructions(plan: &Plan, folder: &Path) -> String {
    let Plan { name, image, .. } = plan;
    let folder = folder.display();
    let mut steps = vec![format!(
        "Build the image in the folder of the program's `Cargo.lock`, and push it:\n
  docker build -f {folder}/Dockerfile -t {image} .
  docker push {image}"
    )];
    if plan.has_files {
        steps.push("The folders of skills and resources are taken from `files/` there.".to_owned());
    }
    if !plan.secrets.is_empty() {
        let literals = plan.secrets.iter().map(|(variable, is_required)| {
            let literal = format!("--from-literal={variable}=…");
            if *is_required { literal } else { format!("[{literal}]") }
        });
        let literals = literals.collect::<Vec<_>>().join(" ");
        steps.push(format!("Give it its secrets:\n\n  kubectl create secret generic {name} {literals}"));
    }
    if !plan.secret_files.is_empty() {
        let files = plan.secret_files.iter().map(|(_, file)| format!("--from-file={file}"));
        let files = files.collect::<Vec<_>>().join(" ");
        steps.push(format!("Give it its files of secrets:\n\n  kubectl create secret generic {name}-files {files}"));
    }
    steps.push(format!(
        "Start it:\n
  kubectl apply -f {folder}/kubernetes.yaml
  kubectl rollout status deployment/{name}"
    ));
    steps.join("\n\n")
}
