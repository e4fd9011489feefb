//! A running `glasno serve`, and the little of HTTP that is needed to ask it.

use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;

pub(crate) type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// How long a change may take on a busy machine before a test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// A preview that ends with the test.
pub(crate) struct Preview {
    child: Child,
    pub port: u16,
    /// Every state that an open page would have heard.
    states: Arc<Mutex<Vec<(Instant, Value)>>>,
    fresh: Mutex<Receiver<()>>,
}

/// What the server sent back.
pub(crate) struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Preview {
    pub(crate) fn start(root: &Path, arguments: &[&str]) -> Result<Self> {
        Self::start_with(root, arguments, &[])
    }

    /// The same with variables of the environment.
    pub(crate) fn start_with(
        root: &Path,
        arguments: &[&str],
        variables: &[(&str, &str)],
    ) -> Result<Self> {
        let mut program = Command::new(env!("CARGO_BIN_EXE_glasno"));
        program.envs(variables.iter().copied());
        Self::begin(program, "serve", root, arguments)
    }

    /// With sources that may be changed from the browser.
    pub(crate) fn desk(root: &Path) -> Result<Self> {
        Self::desk_with(root, &[])
    }

    pub(crate) fn desk_with(root: &Path, arguments: &[&str]) -> Result<Self> {
        let program = Command::new(env!("CARGO_BIN_EXE_glasno"));
        Self::begin(program, "desk", root, arguments)
    }

    /// With fewer descriptors than a system usually gives.
    #[cfg(unix)]
    pub(crate) fn start_short(root: &Path, descriptors: usize) -> Result<Self> {
        let mut shell = Command::new("sh");
        let limited = format!("ulimit -n {descriptors}; exec \"$0\" \"$@\"");
        shell.args(["-c", &limited, env!("CARGO_BIN_EXE_glasno")]);
        // What the system keeps for each thread of freed memory would hide whether it grows.
        shell.env("MALLOC_ARENA_MAX", "1");
        Self::begin(shell, "serve", root, &[])
    }

    /// As a double click starts it: no word, and the project beside it. No browser is found.
    pub(crate) fn opened(root: &Path) -> Result<Self> {
        let mut program = Command::new(env!("CARGO_BIN_EXE_glasno"));
        program.current_dir(root).env("PATH", "");
        Self::follow(&mut program)
    }

    fn begin(mut program: Command, word: &str, root: &Path, arguments: &[&str]) -> Result<Self> {
        program
            .args([word, "--port", "0", "--today", "2025-03-10"])
            .args(arguments)
            .args((!arguments.contains(&"--lang")).then_some("--lang=ru"))
            .arg(root);
        Self::follow(&mut program)
    }

    fn follow(program: &mut Command) -> Result<Self> {
        program.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = program.spawn()?;
        let out = child.stdout.take().ok_or("no output")?;
        let mut lines = BufReader::new(out).lines();
        let port = loop {
            let line = lines.next().ok_or("it ended")??;
            if let Some((_, rest)) = line.split_once("http://127.0.0.1:") {
                break rest.split('/').next().unwrap_or("").parse()?;
            }
        };
        // Its lines are read on, or it would wait for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        let states = Arc::new(Mutex::new(Vec::new()));
        let (tell, fresh) = channel();
        let heard = states.clone();
        let mut events = TcpStream::connect(("127.0.0.1", port))?;
        write!(
            events,
            "GET /@glasno/events?page=/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
        )?;
        std::thread::spawn(move || {
            for line in BufReader::new(events).lines() {
                let Ok(line) = line else { return };
                let Some(data) = line.strip_prefix("data: ") else {
                    continue;
                };
                if let Ok(state) = serde_json::from_str::<Value>(data)
                    && state.get("number").is_some()
                {
                    let mut states = heard.lock().unwrap_or_else(PoisonError::into_inner);
                    states.push((Instant::now(), state));
                    let _ = tell.send(());
                }
            }
        });
        let preview = Preview {
            child,
            port,
            states,
            fresh: Mutex::new(fresh),
        };
        // It answers before the sources have been read; what follows is about the site.
        while preview.number().unwrap_or(0) == 0 {
            preview.next_state()?;
        }
        Ok(preview)
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits for the next state and the moment at which it was heard.
    pub(crate) fn next_state(&self) -> Result<(Instant, Value)> {
        let fresh = self.fresh.lock().unwrap_or_else(PoisonError::into_inner);
        fresh.recv_timeout(PATIENCE)?;
        let states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        states.last().cloned().ok_or_else(|| "no state".into())
    }

    fn states(&self) -> Vec<Value> {
        let states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        states.iter().map(|(_, state)| state.clone()).collect()
    }

    /// The number of the last state heard.
    pub(crate) fn number(&self) -> Result<u64> {
        let states = self.states();
        let last = states.last().ok_or("no state")?;
        last["number"].as_u64().ok_or_else(|| "no number".into())
    }

    /// No open page has seen an error so far.
    pub(crate) fn never_broken(&self) -> Result {
        match self.states().iter().find(|s| s["broken"] == true) {
            Some(state) => Err(format!("an error was shown: {state}").into()),
            None => Ok(()),
        }
    }

    /// Waits until the last state heard is broken, or is not.
    pub(crate) fn until_broken(&self, broken: bool) -> Result<Value> {
        let begun = Instant::now();
        loop {
            if let Some(last) = self.states().last()
                && last["broken"] == broken
            {
                return Ok(last.clone());
            }
            if begun.elapsed() > PATIENCE {
                return Err(format!("never broken = {broken}: {:?}", self.states()).into());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// One request as given.
    pub(crate) fn ask(&self, request: &str) -> Result<Answer> {
        ask(self.port, request)
    }

    pub(crate) fn get(&self, path: &str) -> Result<Answer> {
        let port = self.port;
        self.ask(&format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
        ))
    }

    /// The preview's own server and the token that its bar holds.
    pub(crate) fn tool(&self) -> Result<(u16, String)> {
        let page = self.get("/")?.body;
        let between = |text: &str, from: &str, to: &str| {
            let rest = text.split_once(from)?.1;
            Some(rest.split_once(to)?.0.to_owned())
        };
        let port = between(&page, "data-tool=\"http://127.0.0.1:", "\"").ok_or("no tool")?;
        let port = port.parse()?;
        let bar = ask(
            port,
            &format!(
                "GET /bar?page=/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
            ),
        )?;
        let told = between(&bar.body, "id=\"told\">", "</script>").ok_or("no bar")?;
        let told: Value = serde_json::from_str(&told)?;
        Ok((port, told["token"].as_str().ok_or("no token")?.to_owned()))
    }

    /// A command as the bar sends it.
    pub(crate) fn command(&self, name: &str, said: &Value) -> Result<Answer> {
        let (port, token) = self.tool()?;
        let said = said.to_string();
        ask(
            port,
            &format!(
                "POST /{name} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n\
                 Content-Type: application/json\r\nX-Glasno-Token: {token}\r\nContent-Length: {}\r\n\
                 Connection: close\r\n\r\n{said}",
                said.len()
            ),
        )
    }

    /// A page of the preview's own server.
    pub(crate) fn own(&self, path: &str) -> Result<Answer> {
        let (port, _) = self.tool()?;
        ask(
            port,
            &format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"),
        )
    }

    pub(crate) fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    pub(crate) fn body(&self, path: &str) -> Result<String> {
        let body = self.get(path)?.body;
        // The number of the state is the preview's, not the page's.
        Ok(body
            .split("<script src=\"/@glasno/")
            .next()
            .unwrap_or("")
            .to_owned())
    }

    /// Waits until a page answers so.
    pub(crate) fn until(&self, path: &str, status: u16, text: &str) -> Result {
        self.wait(path, &|a| a.status == status && a.body.contains(text))
            .map_err(|e| format!("{path}: no {status} with «{text}»: {e}").into())
    }

    /// Waits until a page is there without a text.
    pub(crate) fn without(&self, path: &str, text: &str) -> Result {
        self.wait(path, &|a| a.status == 200 && !a.body.contains(text))
            .map_err(|e| format!("{path}: «{text}» does not go: {e}").into())
    }

    fn wait(&self, path: &str, good: &dyn Fn(&Answer) -> bool) -> Result {
        let begun = Instant::now();
        loop {
            let answer = self.get(path)?;
            if good(&answer) {
                return Ok(());
            }
            if begun.elapsed() > PATIENCE {
                return Err(format!("{} {:?}", answer.status, self.states().last()).into());
            }
            std::thread::sleep(Duration::from_millis(25));
        }
    }
}

/// One request as given.
pub(crate) fn ask(port: u16, request: &str) -> Result<Answer> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(request.as_bytes())?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").ok_or("no head")?;
    let status = head.split(' ').nth(1).unwrap_or("").parse()?;
    Ok(Answer {
        status,
        head: head.to_owned(),
        // Typography puts blanks that do not break after short words.
        body: body.replace('\u{a0}', " "),
    })
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
