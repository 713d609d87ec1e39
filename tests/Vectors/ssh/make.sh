#!/bin/sh
# Remakes every golden file beside this script with ssh-keygen (MADE_BY says which version) and openssl. The keys guard nothing.
# Ed25519 and RSA signatures and all layouts come out alike; key material is new each time, so run it only to add a vector.
set -eu
cd "$(dirname "$0")"
export TZ=UTC
find . -type f ! -name make.sh -delete
{ printf 'ssh-keygen of '; ssh -V 2>&1; } > MADE_BY

key() { ssh-keygen -q -t "$1" -b "$2" -N "$3" -C "$4" -f "$4"; }
key rsa 2048 '' rsa2048
key rsa 3072 '' rsa3072
key ecdsa 256 '' ecdsa256
key ecdsa 384 '' ecdsa384
key ecdsa 521 '' ecdsa521
key ed25519 256 '' ed25519
key ed25519 256 secret ed25519-encrypted
key rsa 3072 secret rsa3072-encrypted
key rsa 1024 '' rsa1024
rm rsa1024

openssl genrsa -traditional -out pem-pkcs1 2048
openssl ecparam -name prime256v1 -genkey -noout -out pem-sec1
openssl pkcs8 -topk8 -nocrypt -in pem-sec1 -out pem-pkcs8
openssl pkcs8 -topk8 -passout pass:secret -in pem-sec1 -out pem-pkcs8-encrypted
for pem in pem-pkcs1 pem-sec1 pem-pkcs8; do chmod 600 "$pem"; ssh-keygen -y -f "$pem" > "$pem.pub"; done
chmod 600 pem-pkcs8-encrypted

for ca in rsa3072 ecdsa256 ecdsa384 ecdsa521 ed25519; do
  cp ed25519.pub "by-$ca.pub"
  ssh-keygen -q -s "$ca" -I "alice from $ca" -z 4242 -n alice,deploy -V 20260101000000:20260101000500 \
    -O clear -O permit-pty -O force-command='echo hi' -O source-address=10.0.0.0/8,127.0.0.1/32 "by-$ca.pub"
  rm "by-$ca.pub"
done
for subject in rsa3072 ecdsa256 ecdsa384 ecdsa521; do
  cp "$subject.pub" "host-$subject.pub"
  ssh-keygen -q -s ed25519 -h -I "host $subject" -z 18446744073709551615 -n web.example.com "host-$subject.pub"
  rm "host-$subject.pub"
done

printf 'signed text\n' > message
for signer in rsa3072 ecdsa256 ecdsa384 ecdsa521 ed25519; do
  ssh-keygen -q -Y sign -f "$signer" -n file < message > "message-$signer.sig"
done
ssh-keygen -q -Y sign -O hashalg=sha256 -f ed25519 -n file < message > message-sha256.sig

ssh-keygen -q -k -f krl-empty -z 1
printf 'serial: 1\nserial: 5\nserial: 1000\nserial: 9000000000\n' | ssh-keygen -q -k -f krl-list -z 2 -s ecdsa256.pub -
printf 'serial: 2000-2999\nserial: 18446744073709551000-18446744073709551615\n' | ssh-keygen -q -k -f krl-range -z 3 -s ecdsa256.pub -
seq 1 2 199 | sed 's/^/serial: /' | ssh-keygen -q -k -f krl-bitmap -z 4 -s ecdsa256.pub -
printf 'id: alice from ecdsa256\nid: kid-7\n' | ssh-keygen -q -k -f krl-key-ids -z 5 -s ecdsa256.pub -
ssh-keygen -q -k -f krl-keys -z 6 rsa3072.pub ed25519.pub
printf 'sha1: %s\n' "$(cat ecdsa256.pub)" | ssh-keygen -q -k -f krl-sha1 -z 7 -
printf 'hash: %s\n' "$(ssh-keygen -l -f ecdsa384.pub | cut -d' ' -f2)" | ssh-keygen -q -k -f krl-sha256 -z 8 -
printf 'serial: 4242\n' | ssh-keygen -q -k -f krl-any-ca -z 9 -s none -
