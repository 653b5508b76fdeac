"""What a service says about itself that its document does not know yet."""
