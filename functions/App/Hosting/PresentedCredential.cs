using SshFunctions.Core.Callers;
using SshFunctions.Core.Callers.OpenId;

namespace SshFunctions.App.Hosting;

/// <summary>What a request presents, of sound form and not yet believed. A closed hierarchy; never a record, which would print itself.</summary>
internal abstract class PresentedCredential : IDisposable
{
    private PresentedCredential()
    {
    }

    /// <summary>Wipes what can be wiped.</summary>
    public abstract void Dispose();

    /// <summary>The id and secret of one of the broker's own tokens.</summary>
    /// <param name="id">Names the access token; not secret.</param>
    /// <param name="secret">Wiped on dispose.</param>
    internal sealed class AccessToken(string id, Secret secret) : PresentedCredential
    {
        public string Id { get; } = id;

        public Secret Secret { get; } = secret;

        public override void Dispose() => Secret.Dispose();
    }

    /// <summary>Whom App Service signed in.</summary>
    /// <param name="issuer">Whose it is.</param>
    /// <param name="content">What it says.</param>
    internal sealed class Principal(AppServiceIssuer issuer, AppServicePrincipal content) : PresentedCredential
    {
        public AppServiceIssuer Issuer { get; } = issuer;

        public AppServicePrincipal Content { get; } = content;

        public override void Dispose()
        {
        }
    }

    /// <summary>A JSON web token.</summary>
    /// <param name="text">The compact form. A string, as the header is, and short-lived by itself: it expires.</param>
    internal sealed class WebToken(string text) : PresentedCredential
    {
        public string Text { get; } = text;

        public override void Dispose()
        {
        }
    }
}
