// The server of step-ca's library and nothing of its command line, as StepCa.cs starts it: step-ca CA.JSON.
//
//	apt-get install golang-go golang-github-smallstep-certificates-dev
//	GO111MODULE=off GOPATH=/usr/share/gocode go build -o step-ca tests/Benchmarks/Requests/step-ca/main.go
package main

import (
	"log"
	"os"

	"github.com/smallstep/certificates/authority/config"
	"github.com/smallstep/certificates/ca"
	_ "github.com/smallstep/certificates/cas/softcas"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: step-ca CA.JSON")
	}
	configuration, err := config.LoadConfiguration(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	server, err := ca.New(configuration)
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(server.Run())
}
