require_relative '../verify'

$stdin.each_line(chomp: true) do |line|
  body, *texts = line.split("\t", -1).map { |field| field.unpack1('m0') }
  secret, now, hex, *standard = texts.map { |text| text.empty? ? nil : text }
  headers = %w[webhook-id webhook-timestamp webhook-signature].zip(standard).to_h
  puts "#{verify_webhook(body, headers, secret, now.to_i)} #{verify_body(body, hex, secret)}"
end
