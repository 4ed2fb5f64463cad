//! A browser that is driven as people use it, by the `WebDriver` protocol (W3C), where one is installed.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::process::Command;
use tokio::time::{Instant, sleep};

use crate::child::{PATIENCE, Process};
use crate::http1::{self, request, request_with_json};

/// How `WebDriver` marks an element in JSON.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A page in a headless Chromium. It ends when the value is dropped.
pub struct Browser {
    driver: SocketAddr,
    session: String,
    _process: Process,
}

impl Browser {
    /// Starts a browser with a window of a size, or says that there is none.
    pub async fn start(width: u32, height: u32) -> Option<Self> {
        let Some(program) = chromedriver() else {
            // The test harness captures what the printing macros write in a test that passes, but not this.
            let missing = b"chromedriver is not installed (Debian: chromium-driver): skipped\n";
            let _ = std::io::stderr().write_all(missing);
            return None;
        };
        let mut command = Command::new(program);
        command.arg("--port=0");
        let mut process = Process::start(command);
        let line = process.line_after("ChromeDriver was started successfully on port ").await;
        let port: u16 = line.trim_end_matches('.').parse().expect("a port");
        let driver = SocketAddr::from(([127, 0, 0, 1], port));
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-dev-shm-usage",
            "--disable-sync",
            &format!("--window-size={width},{height}"),
        ];
        let options = json!({"args": arguments, "mobileEmulation": {"deviceMetrics": {
            "width": width, "height": height, "pixelRatio": 1.0, "mobile": false, "touch": false,
        }}});
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"},
        }}});
        let begun = post(driver, "/session", &wanted).await;
        let session = begun["sessionId"].as_str().unwrap_or_else(|| panic!("a session, not {begun}")).to_owned();
        Some(Self { driver, session, _process: process })
    }

    async fn post(&self, command: &str, parameters: &Value) -> Value {
        post(self.driver, &format!("/session/{}/{command}", self.session), parameters).await
    }

    /// Opens a page.
    pub async fn open(&self, url: &str) {
        self.post("url", &json!({"url": url})).await;
    }

    /// The result of a script: the body of a function.
    pub async fn script(&self, script: &str) -> Value {
        self.post("execute/sync", &json!({"script": script, "args": []})).await
    }

    /// Waits until a script gives back what is true in JavaScript, and gives it back.
    pub async fn wait_for(&self, script: &str) -> Value {
        let end = Instant::now() + PATIENCE;
        loop {
            let value = self.script(script).await;
            if !matches!(value, Value::Null | Value::Bool(false)) && value != json!("") && value != json!(0) {
                return value;
            }
            if Instant::now() > end {
                let page = self.script("return document.body.innerText").await;
                panic!("`{script}` gives {value} for too long; log: {}; page: {page}", self.log().await);
            }
            sleep(Duration::from_millis(50)).await;
        }
    }

    async fn element(&self, selector: &str) -> String {
        let found = self.post("element", &json!({"using": "css selector", "value": selector})).await;
        found[ELEMENT].as_str().unwrap_or_else(|| panic!("`{selector}`, not {found}")).to_owned()
    }

    /// Clicks on an element, which must be where a person can.
    pub async fn click(&self, selector: &str) {
        let element = self.element(selector).await;
        self.post(&format!("element/{element}/click"), &json!({})).await;
    }

    /// Types into an element.
    pub async fn type_into(&self, selector: &str, text: &str) {
        let element = self.element(selector).await;
        self.post(&format!("element/{element}/value"), &json!({"text": text})).await;
    }

    /// What the browser complained about so far: failed loads, broken policies, uncaught errors.
    pub async fn log(&self) -> Value {
        self.post("se/log", &json!({"type": "browser"})).await
    }

    /// Ends the browser.
    pub async fn close(self) {
        http1::send(self.driver, request("DELETE", &format!("/session/{}", self.session))).await;
    }
}

/// Sends a command; a failure of it fails the test.
async fn post(driver: SocketAddr, path: &str, parameters: &Value) -> Value {
    let answer = http1::send(driver, request_with_json("POST", path, parameters.to_string())).await;
    let value = answer.json()["value"].clone();
    assert_eq!(answer.status, 200, "{path} {parameters}: {value}");
    value
}

/// Where the driver is. `CHROMEDRIVER` names one that is not on the path.
fn chromedriver() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMEDRIVER") {
        return Some(PathBuf::from(named));
    }
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join("chromedriver")).find(|program| program.is_file())
}
