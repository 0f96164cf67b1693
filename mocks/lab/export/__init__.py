"""A lab as others bring it up: files for docker-compose and Kubernetes, made from a topology."""
