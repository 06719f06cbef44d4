"""The MTurk requester API through boto3: a typed client, its errors, retries and limits."""
