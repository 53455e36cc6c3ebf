require 'openssl'

# Whether a webhook comes from the gateway, unchanged and fresh.
# raw_body: request.raw_post in Rails, request.body.read in Rack, before anything parsed it.
# headers: with lower-case names, or request.headers of Rails, which does not mind the case.
def verify_webhook(raw_body, headers, secret, now = Time.now.to_i)
  id = headers['webhook-id']
  timestamp = headers['webhook-timestamp'].to_s
  # Older than five minutes may be somebody who sends a recorded request again.
  return false unless timestamp.match?(/\A\d{1,12}\z/) && (now - timestamp.to_i).abs <= 300

  signed = "#{id}.#{timestamp}.".b + raw_body.b
  expected = "v1,#{[OpenSSL::HMAC.digest('SHA256', key_of(secret), signed)].pack('m0')}"
  # During a rotation there is one signature of each secret; one that fits is enough.
  headers['webhook-signature'].to_s.split.any? { |given| OpenSSL.secure_compare(given, expected) }
end

# The short way, which knows no age: X-Webhook-Signature is the hex HMAC-SHA256 of the body.
def verify_body(raw_body, signature, secret)
  OpenSSL.secure_compare(signature.to_s, OpenSSL::HMAC.hexdigest('SHA256', secret, raw_body))
end

# What follows whsec_ is base64; a secret written by hand is used as it stands.
def key_of(secret)
  secret.delete_prefix('whsec_').unpack1('m0')
rescue ArgumentError
  secret
end
