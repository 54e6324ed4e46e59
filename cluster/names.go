package cluster

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"
)

// maxJobName is the length of the longest name of an Indexed Job: the host name of
// its pods is that, a hyphen and up to five digits, and a DNS label has 63 characters.
const maxJobName = 63 - len("-99999")

// jobName returns a name that Kubernetes takes for a sweep's. What has to be cut or
// trimmed gets a digest behind it, so that two sweeps have two names.
func jobName(sweep string) string {
	const prefix, digest = "nodal-", 8
	name := strings.Trim(sweep, "-")
	if len(prefix)+len(name) > maxJobName {
		name = strings.TrimRight(name[:maxJobName-len(prefix)-1-digest], "-")
	}
	if name == sweep {
		return prefix + name
	}
	sum := sha256.Sum256([]byte(sweep))
	return strings.TrimSuffix(prefix+name, "-") + "-" + hex.EncodeToString(sum[:])[:digest]
}

var notInTag = regexp.MustCompile(`[^A-Za-z0-9_.-]`)

// ImageTag returns a legal tag of an image for a version, such as 1.2.0-rc.1 for
// 1.2.0+rc.1: up to 128 letters, digits, ".", "_" and "-", of which neither "." nor "-"
// comes first (the OCI distribution specification). No version makes "latest".
func ImageTag(version string) string {
	tag := strings.TrimLeft(notInTag.ReplaceAllString(version, "-"), ".-")
	if tag == "" {
		return "latest"
	}
	return tag[:min(len(tag), 128)]
}
