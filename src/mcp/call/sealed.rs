//! What a client keeps for the server between the rounds of one call: `requestState`, sealed.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::time::Duration;

use ring::rand::{SecureRandom as _, SystemRandom};
use rmcp::ErrorData;
use rmcp::model::{RequestStateCodec, SealOptions};

use super::Bound;
use crate::config::RequestStateKey;
use crate::{Settings, Value};

/// How long a user may take to answer.
const LIFETIME: Duration = Duration::from_secs(60 * 60);

/// Seals and opens the states of a surface. The key is that of the settings, or else one that only this process knows, which is
/// made when it is first needed.
#[derive(Default)]
pub(crate) struct RequestStates {
    key: Option<RequestStateKey>,
    codec: OnceLock<RequestStateCodec>,
}

impl RequestStates {
    pub(crate) fn new(settings: &Settings) -> Self {
        Self { key: settings.request_state_key.clone(), codec: OnceLock::new() }
    }

    pub(super) fn seal(&self, answers: &BTreeMap<String, Value>, bound: &Bound) -> Result<String, ErrorData> {
        let context = serde_json::to_vec(bound).map_err(|_| unusable())?;
        let options = SealOptions::new().associated_data(&context).ttl(LIFETIME);
        self.codec()?.seal_json_with(answers, &options).map_err(|_| unusable())
    }

    pub(super) fn open(&self, state: &str, bound: &Bound) -> Result<BTreeMap<String, Value>, ErrorData> {
        let context = serde_json::to_vec(bound).map_err(|_| unusable())?;
        let opened = self.codec()?.open_with(state, &context).ok();
        opened.and_then(|opened| serde_json::from_slice(&opened).ok()).ok_or_else(|| {
            let message = "`requestState` is not one that was given for this request, or it is too old; make the request without it";
            ErrorData::invalid_params(message, None)
        })
    }

    fn codec(&self) -> Result<&RequestStateCodec, ErrorData> {
        if let Some(codec) = self.codec.get() {
            return Ok(codec);
        }
        let key = match &self.key {
            Some(key) => key.expose().as_bytes().to_vec(),
            None => random()?,
        };
        let codec = RequestStateCodec::try_new(key).map_err(|_| unusable())?;
        Ok(self.codec.get_or_init(|| codec))
    }
}

fn random() -> Result<Vec<u8>, ErrorData> {
    let mut key = vec![0; RequestStateCodec::MIN_KEY_LENGTH];
    SystemRandom::new().fill(&mut key).map_err(|_| unusable())?;
    Ok(key)
}

fn unusable() -> ErrorData {
    ErrorData::internal_error("the state of the request cannot be kept", None)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn bound(name: &str, caller: Option<Value>) -> Bound {
        Bound { method: "tools/call", name: name.to_owned(), arguments: None, caller }
    }

    #[test]
    fn a_state_is_good_for_the_request_and_the_caller_that_it_was_made_for() {
        let states = RequestStates::default();
        let answers = BTreeMap::from([("name".to_owned(), json!("Astrid"))]);
        let sealed = states.seal(&answers, &bound("book", Some(json!("alice")))).unwrap();
        assert_eq!(states.open(&sealed, &bound("book", Some(json!("alice")))).unwrap(), answers);
        for (state, bound) in [
            (sealed.clone(), bound("cancel", Some(json!("alice")))),
            (sealed.clone(), bound("book", Some(json!("bob")))),
            (sealed.clone(), bound("book", None)),
            (format!("{sealed}x"), bound("book", Some(json!("alice")))),
            (String::new(), bound("book", Some(json!("alice")))),
        ] {
            let error = states.open(&state, &bound).unwrap_err();
            assert_eq!(error.code, rmcp::model::ErrorCode::INVALID_PARAMS, "{state}");
        }
    }

    #[test]
    fn replicas_with_one_key_open_the_states_of_each_other() {
        let mut settings = Settings::default();
        settings.request_state_key = RequestStateKey::new("a key that all replicas of a server have");
        let (one, other) = (RequestStates::new(&settings), RequestStates::new(&settings));
        let sealed = one.seal(&BTreeMap::new(), &bound("book", None)).unwrap();
        assert!(other.open(&sealed, &bound("book", None)).is_ok());
        assert!(RequestStates::default().open(&sealed, &bound("book", None)).is_err());
    }
}
