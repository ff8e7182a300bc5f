import FairleadEngine
import Glibc

/// Says a line to whoever reads our output, at once, also into a pipe.
func say(_ text: String) {
    print(text)
    _ = fflush(nil)
}

/// Says a line to whoever watches over us: standard error.
func note(_ text: String) {
    writeToStandardError(text + "\n")
}
