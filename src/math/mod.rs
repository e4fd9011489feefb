pub struct MathError {
    pub message: String,
}
pub fn mathml(_latex: &str, _display: bool) -> Result<String, MathError> {
    Ok(String::new())
}
