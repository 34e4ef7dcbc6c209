"""Who calls: contacts kept here or in the customer's CRM, and the PBX's webhooks that ask for them."""
