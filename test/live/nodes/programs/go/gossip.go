// Broadcast by gossip: whoever hears of a value for the first time tells all others, and tells them again until they
// have answered.
package main

import (
	"bufio"
	"encoding/json"
	"os"
	"sync"
	"time"
)

type body struct {
	Type      string   `json:"type"`
	MsgID     int      `json:"msg_id,omitempty"`
	InReplyTo int      `json:"in_reply_to,omitempty"`
	NodeID    string   `json:"node_id,omitempty"`
	NodeIDs   []string `json:"node_ids,omitempty"`
	Message   *int     `json:"message,omitempty"`
	Messages  []int    `json:"messages,omitempty"`
}

type message struct {
	Src  string `json:"src"`
	Dest string `json:"dest"`
	Body body   `json:"body"`
}

const again = 150 * time.Millisecond

var (
	mutex   sync.Mutex
	id      string
	ids     []string
	next    int
	values  = []int{}
	known   = map[int]bool{}
	waiting = map[int]chan bool{}
	output  = json.NewEncoder(os.Stdout)
)

// send is called with the mutex held.
func send(dest string, content body) {
	output.Encode(message{Src: id, Dest: dest, Body: content})
}

// tell repeats a value until the other node has answered.
func tell(other string, value int) {
	for {
		mutex.Lock()
		next++
		number, answered := next, make(chan bool, 1)
		waiting[number] = answered
		send(other, body{Type: "tell", Message: &value, MsgID: number})
		mutex.Unlock()
		select {
		case <-answered:
			return
		case <-time.After(again):
		}
	}
}

// learn is called with the mutex held.
func learn(value int) {
	if known[value] {
		return
	}
	known[value] = true
	values = append(values, value)
	for _, other := range ids {
		if other != id {
			go tell(other, value)
		}
	}
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var received message
		if json.Unmarshal(lines.Bytes(), &received) != nil {
			continue
		}
		mutex.Lock()
		content := received.Body
		answer := body{Type: content.Type + "_ok", InReplyTo: content.MsgID}
		switch content.Type {
		case "init":
			id, ids = content.NodeID, content.NodeIDs
			send(received.Src, answer)
		case "topology":
			send(received.Src, answer)
		case "broadcast", "tell":
			learn(*content.Message)
			send(received.Src, answer)
		case "read":
			answer.Messages = append(answer.Messages, values...)
			send(received.Src, answer)
		case "tell_ok":
			if answered := waiting[content.InReplyTo]; answered != nil {
				answered <- true
				delete(waiting, content.InReplyTo)
			}
		}
		mutex.Unlock()
	}
}
