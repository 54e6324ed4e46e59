package main

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strings"
	"time"
)

// machine says where and when the matches were played.
type machine struct {
	CPU   string
	Cores int
	Load  string // load average before the first match, "" where unknown
	Nodal string // what nodal version prints, its lines joined
	Date  string
}

func describeMachine(nodal string) machine {
	m := machine{
		CPU:   runtime.GOARCH,
		Cores: runtime.NumCPU(),
		Date:  time.Now().UTC().Format(time.DateOnly),
	}
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		if name := regexp.MustCompile(`(?m)^model name\s*: (.*)$`).FindSubmatch(text); name != nil {
			m.CPU = string(name[1])
		}
	}
	if text, err := os.ReadFile("/proc/loadavg"); err == nil {
		m.Load, _, _ = strings.Cut(string(text), " ")
	}
	if out, err := exec.Command(nodal, "version").Output(); err == nil {
		m.Nodal = strings.Join(strings.FieldsFunc(string(out), func(r rune) bool { return r == '\n' }), "; ")
	}
	return m
}

// hasAVX2 reports whether nodal has its AVX2 path here.
func hasAVX2(nodal string) bool {
	cmd := exec.Command(nodal, "version")
	cmd.Env = environment(true)
	out, err := cmd.Output()
	return err == nil && strings.Contains(string(out), "kernels avx2")
}

func findTaskset() error {
	if _, err := exec.LookPath("taskset"); err != nil {
		return fmt.Errorf("NOT RUN: taskset (of util-linux) is needed to pin everyone to the same cores: %w", err)
	}
	return nil
}
