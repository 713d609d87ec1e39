using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SshFunctions.App.Hosting.Settings;

namespace SshFunctions.App.Hosting;

/// <summary>The TLS certificate with its chain, read again when its files change.</summary>
/// <remarks>
/// Thread safe. Files that can't be used keep the certificate that is in force, and the log says so: a renewal that is half written
/// must not stop the service, and the next change of the files is tried again.
/// </remarks>
internal sealed class TlsCertificate
{
    private static readonly EventId Changed = new(10, "TlsCertificateChanged");
    private static readonly EventId Refused = new(11, "TlsCertificateRefused");
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);

    private readonly TlsFiles _files;
    private readonly TimeProvider _time;
    private readonly ILogger<TlsCertificate> _log;
    private readonly Lock _lock = new();
    private SslStreamCertificateContext _current;
    private TlsFileStamp _stamp;
    private long _checked;

    /// <summary>Reads the files.</summary>
    /// <exception cref="IOException">A file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    /// <exception cref="CryptographicException">A file holds no usable PEM, or the key is another certificate's.</exception>
    public TlsCertificate(TlsFiles files, TimeProvider time, ILogger<TlsCertificate> log)
    {
        (_files, _time, _log) = (files, time, log);
        _stamp = TlsFileStamp.Of(files);
        _current = Load(files);
        _checked = time.GetTimestamp();
    }

    /// <summary>The certificate in force; looks at the files at most once a second.</summary>
    public SslStreamCertificateContext Current()
    {
        // A handshake that finds another one looking takes what is in force.
        if (_time.GetElapsedTime(Volatile.Read(ref _checked)) < CheckInterval || !_lock.TryEnter())
            return Volatile.Read(ref _current);
        try
        {
            Volatile.Write(ref _checked, _time.GetTimestamp());
            Refresh();
            return _current;
        }
        finally
        {
            _lock.Exit();
        }
    }

    private void Refresh()
    {
        try
        {
            TlsFileStamp stamp = TlsFileStamp.Of(_files);
            if (stamp == _stamp)
                return;
            _stamp = stamp;
            SslStreamCertificateContext loaded = Load(_files);
            Volatile.Write(ref _current, loaded);
            X509Certificate2 leaf = loaded.TargetCertificate;
            _log.LogInformation(Changed, "TLS certificate {Thumbprint} is in force, valid until {NotAfter}", leaf.Thumbprint, leaf.NotAfter.ToUniversalTime().ToString("s"));
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            _log.LogError(Refused, unusable, "The new TLS certificate can't be used; the one in force stays");
        }
    }

    // Offline: a handshake must not wait for a certificate authority. Intermediates come from the file.
    private static SslStreamCertificateContext Load(TlsFiles files)
    {
        string pem = File.ReadAllText(files.Certificate);
        using var leaf = X509Certificate2.CreateFromPem(pem, File.ReadAllText(files.Key));
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(pem);
        return SslStreamCertificateContext.Create(X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pkcs12), null), chain, offline: true);
    }
}
