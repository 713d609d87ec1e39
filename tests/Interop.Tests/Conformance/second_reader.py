"""Reads certificates and SSHSIG signatures with asyncssh: a line of JSON for each line of input.

    certificate BASE64             ->  its fields; its signature was verified
    signature BASE64 BASE64        ->  an SSHSIG and the message: its fields, and whether it holds
"""
import base64
import hashlib
import json
import sys

from asyncssh.packet import SSHPacket, String
from asyncssh.public_key import _certificate_alg_map, decode_ssh_certificate, decode_ssh_public_key


def options(data):
    packet, pairs = SSHPacket(data), []
    while packet:
        name = packet.get_string().decode('ascii')
        pairs.append([name, packet.get_string().hex()])
    return pairs


def certificate(wire):
    # Refuses a signature that is not the CA's, and critical options that it does not know.
    read = decode_ssh_certificate(wire)
    packet = SSHPacket(wire)
    algorithm = packet.get_string()
    key_handler, certificate_handler = _certificate_alg_map[algorithm]
    _, serial, kind, key_id, _, after, before, critical, extensions = certificate_handler._decode(packet, key_handler)
    return {
        'type': algorithm.decode('ascii'), 'key': read.key.get_fingerprint(), 'ca': read.signing_key.get_fingerprint(),
        'serial': str(serial), 'kind': kind, 'keyId': key_id.decode('utf-8'), 'principals': read.principals,
        'after': str(after), 'before': str(before), 'critical': options(critical), 'extensions': options(extensions),
    }


def signature(wire, message):
    packet = SSHPacket(wire)
    magic, version, key = packet.get_bytes(6), packet.get_uint32(), packet.get_string()
    namespace, reserved, name, signed = (packet.get_string() for _ in range(4))
    packet.check_end()
    hashed = hashlib.new(name.decode('ascii'), message).digest()
    public_key = decode_ssh_public_key(key)
    holds = public_key.verify(magic + String(namespace) + String(reserved) + String(name) + String(hashed), signed)
    return {'version': version, 'key': public_key.get_fingerprint(), 'namespace': namespace.decode('utf-8'), 'hash': name.decode('ascii'), 'holds': holds}


def main():
    readers = {'certificate': certificate, 'signature': signature}
    for line in sys.stdin:
        kind, *parts = line.rstrip('\n').split(' ')
        try:
            answer = readers[kind](*(base64.b64decode(part) for part in parts))
        except Exception as error:
            answer = {'error': str(error)}
        print(json.dumps(answer))


main()
