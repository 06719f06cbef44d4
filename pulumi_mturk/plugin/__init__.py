"""The plugin `pulumi-resource-mturk`: the second shell on the provider's core, which Pulumi's engine starts.

It speaks the engine's protocol (`provider.proto`) by the SDK's generated stubs, and so can do what dynamic providers
can't: imports, explicit providers, programs in other languages.
"""
