//! Credentials from environment variables.

use secrecy::SecretString;

use super::credential::Credential;
use crate::config::{ConfigProblem, Environment};

impl Environment {
    /// Reads a token or key, where there is one.
    pub fn token(&mut self, variable: &'static str, credential: &mut Option<Credential>) {
        if let Some(value) = self.get(variable) {
            *credential = Some(value.into());
        }
    }

    /// Reads a user name and a password; one without the other is a problem. A password that is set to the empty text is
    /// one, since some services want no other.
    pub fn login(&mut self, username: &'static str, password: &'static str, credential: &mut Option<Credential>) {
        match (self.get(username), self.read(password)) {
            (Some(username), Some(password)) => {
                *credential = Some(Credential::login(username, SecretString::from(password)));
            }
            (Some(_), None) => self.report(ConfigProblem::MissingSecret { variable: password }),
            (None, Some(text)) if !text.is_empty() => {
                self.report(ConfigProblem::MissingSecret { variable: username });
            }
            (None, _) => {}
        }
    }

    /// Reads client credentials; an id without a secret is a problem, and the other way round.
    pub fn client(&mut self, id: &'static str, secret: &'static str, credential: &mut Option<Credential>) {
        match (self.get(id), self.get(secret)) {
            (Some(id), Some(secret)) => *credential = Some(Credential::client(id, SecretString::from(secret))),
            (Some(_), None) => self.report(ConfigProblem::MissingSecret { variable: secret }),
            (None, Some(_)) => self.report(ConfigProblem::MissingSecret { variable: id }),
            (None, None) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::env::VarError;

    use super::*;

    fn lookup(name: &str) -> Result<String, VarError> {
        match name {
            "USERNAME" | "ID" | "SECRET" | "PASSWORD" => Ok("value".to_owned()),
            "EMPTY" => Ok(String::new()),
            _ => Err(VarError::NotPresent),
        }
    }

    fn read(read: impl FnOnce(&mut Environment, &mut Option<Credential>)) -> Result<bool, String> {
        let (mut environment, mut credential) = (Environment::with_lookup(lookup), None);
        read(&mut environment, &mut credential);
        environment.finish().map_err(|error| error.to_string())?;
        Ok(credential.is_some())
    }

    #[test]
    fn half_of_a_pair_is_a_problem_that_names_the_other() {
        for (outcome, expected) in [
            (read(|environment, to| environment.login("USERNAME", "PASSWORD", to)), Ok(true)),
            (read(|environment, to| environment.login("USERNAME", "EMPTY", to)), Ok(true)),
            (read(|environment, to| environment.login("USERNAME", "NONE", to)), Err("`NONE`")),
            (read(|environment, to| environment.login("NONE", "PASSWORD", to)), Err("`NONE`")),
            (read(|environment, to| environment.login("NONE", "EMPTY", to)), Ok(false)),
            (read(|environment, to| environment.client("ID", "SECRET", to)), Ok(true)),
            (read(|environment, to| environment.client("ID", "EMPTY", to)), Err("`EMPTY`")),
            (read(|environment, to| environment.client("NONE", "SECRET", to)), Err("`NONE`")),
            (read(|environment, to| environment.client("NONE", "EMPTY", to)), Ok(false)),
        ] {
            match (outcome, expected) {
                (Ok(found), Ok(expected)) => assert_eq!(found, expected),
                (Err(message), Err(variable)) => assert!(message.contains(variable), "{message}"),
                (outcome, expected) => panic!("{outcome:?} is not {expected:?}"),
            }
        }
    }
}
