"""The resource classes that a Pulumi program uses; `pulumi_mturk` exports them."""
