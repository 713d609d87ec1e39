using System.Collections.Immutable;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Webhooks;

namespace SshFunctions.App.Hosting.Outbound;

/// <summary>Makes a forwarder of what is written of it.</summary>
internal sealed class ForwarderBinding(ForwarderDocument written)
{
    private readonly OutboundBinding _binding = new($"forwarder {written.Name}");

    public Result<ForwarderProfile> Bind()
    {
        if (FaultOfMembers() is { } fault) return fault;
        if (!_binding.BindSelection(written.Kinds ?? ["*"], written.Path).Try(out JournalSelection? selection, out Refusal? refusal)
            || !BindTarget().Try(out TargetProfile? target, out refusal))
            return refusal;
        return new ForwarderProfile(written.Name, selection, target);
    }

    private Result<TargetProfile> BindTarget() => written.Kind switch
    {
        "syslog" => BindSyslog(),
        "otlp" => BindOtlp(),
        "webhook" => BindWebhook(),
        _ => _binding.Wrong("kind", "is none", "choose syslog, otlp or webhook"),
    };

    private Refusal.Invalid? FaultOfMembers()
    {
        bool secret = written.SecretFile is not null || written.SecretVariable is not null;
        bool authorization = written.AuthorizationFile is not null || written.AuthorizationVariable is not null;
        if (secret && written.Kind != "webhook") return _binding.Wrong("secretFile", "is given, but only webhooks are signed", "leave it out");
        if (authorization && written.Kind != "otlp") return _binding.Wrong("authorizationFile", "is given, but only OTLP has such a header", "leave it out");
        return written.CaFile is not null && written.Kind != "syslog"
            ? _binding.Wrong("caFile", "is given, but belongs to syslog alone", "leave it out")
            : null;
    }

    private Result<TargetProfile> BindSyslog()
    {
        if (!_binding.ReadUrl(written.Url, written.UrlFile, written.UrlVariable).Try(out string? text, out Refusal? refusal)) return refusal;
        // RFC 6587 has no port of its own and RFC 5425 has 6514: the port is written out for both.
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Scheme is not ("tcp" or "tls") || url.Port <= 0
            || url.PathAndQuery is not ("/" or "") || url.UserInfo.Length + url.Fragment.Length > 0)
            return _binding.Wrong("url", "is no address of a syslog server", "write tls://HOST:6514; tcp://HOST:PORT is for this machine alone");
        bool tls = url.Scheme == "tls";
        if (!tls && !url.IsLoopback) return _binding.Wrong("url", "would carry the journal in the clear over the network", "use tls://HOST:6514, or a relay on this machine");
        if (!tls && written.CaFile is not null) return _binding.Wrong("caFile", "is given, but the url is not tls", "leave it out");
        return written.CaFile is null || File.Exists(written.CaFile)
            ? new TargetProfile.Syslog(url.IdnHost, url.Port, tls, written.CaFile)
            : _binding.Wrong("caFile", "is not there", "name a file of PEM certificates");
    }

    private Result<TargetProfile> BindOtlp()
    {
        if (!_binding.BindAddress(written.Url, written.UrlFile, written.UrlVariable).Try(out OutboundAddress? address, out Refusal? refusal)
            || !_binding.Of(SecretText.Read("authorization", written.AuthorizationFile, written.AuthorizationVariable)).Try(out string? text, out refusal))
            return refusal;
        return text.Any(unit => unit is < ' ' or > '~')
            ? _binding.Wrong("authorizationFile", "holds more than the value of one header", "put it on one line, for example Bearer TOKEN")
            : new TargetProfile.Otlp(address, text.Length == 0 ? null : Secret.Of(text));
    }

    private Result<TargetProfile> BindWebhook()
    {
        if (!_binding.BindAddress(written.Url, written.UrlFile, written.UrlVariable).Try(out OutboundAddress? address, out Refusal? refusal)
            || !_binding.BindSecrets(written.SecretFile, written.SecretVariable, required: true).Try(out ImmutableArray<WebhookSecret> secrets, out refusal))
            return refusal;
        return new TargetProfile.Webhook(address, secrets);
    }
}
