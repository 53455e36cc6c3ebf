package main

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var fields []string
		for _, field := range strings.Split(lines.Text(), "\t") {
			text, err := base64.StdEncoding.DecodeString(field)
			if err != nil {
				panic(err)
			}
			fields = append(fields, string(text))
		}
		header := http.Header{}
		for at, name := range []string{"webhook-id", "webhook-timestamp", "webhook-signature"} {
			if fields[4+at] != "" {
				header.Set(name, fields[4+at])
			}
		}
		seconds, err := strconv.ParseInt(fields[2], 10, 64)
		if err != nil {
			panic(err)
		}
		body, secret := []byte(fields[0]), fields[1]
		fmt.Println(VerifyWebhook(body, header, secret, time.Unix(seconds, 0)), VerifyBody(body, fields[3], secret))
	}
}
