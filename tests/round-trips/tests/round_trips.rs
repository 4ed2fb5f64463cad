//! What a client reads is what the mock has sent, for every operation.

use capsmith_round_trips::{DOCUMENTS, Outcome};

#[tokio::test]
async fn every_operation_makes_its_round_trip() {
    let mut faults = Vec::new();
    for trips in DOCUMENTS {
        let Outcome { document, called, faults: found } = trips().run().await;
        println!("{document}: {} of {called}", called - found.len());
        faults.extend(found.into_iter().map(|fault| format!("{document}: {fault}")));
    }
    if DOCUMENTS.len() < 12 {
        println!("skipped: there is no corpus (CAPSMITH_CORPUS)");
    }
    assert!(faults.is_empty(), "{} operations fail:\n{}", faults.len(), faults.join("\n"));
}
