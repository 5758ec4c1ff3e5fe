// Yamlread prints how the API server reads YAML: for each document on standard input one line,
// {"json": ...} with its value or {"error": ...} with the reason why it was refused.
//
// Documents are split as kubectl splits them and read as sigs.k8s.io/yaml does in strict mode.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

type reading struct {
	JSON  json.RawMessage `json:"json,omitempty"`
	Error string          `json:"error,omitempty"`
}

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "yamlread:", err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer) error {
	documents := utilyaml.NewYAMLReader(bufio.NewReader(in))
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil { // a malformed separator: nothing after it is read, as in kubectl
			return lines.Encode(reading{Error: err.Error()})
		}
		if err := lines.Encode(read(document)); err != nil {
			return err
		}
	}
}

func read(document []byte) reading {
	value, err := yaml.YAMLToJSONStrict(document)
	if err != nil {
		return reading{Error: err.Error()}
	}
	return reading{JSON: value}
}
