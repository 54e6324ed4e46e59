// Package kubernetes tests the manifests of nodal k8s with Kubernetes' own code: its
// strict decoder, its defaults, the validation of its API server, and the checks of its
// Pod Security Standards. It is a module of its own, so that nodal needs none of that.
package kubernetes
