using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using SshFunctions.Core.Callers;

namespace SshFunctions.Core.Resources;

/// <summary>Which unix account is meant: one by its name, or the caller's own.</summary>
/// <remarks>Written as the login, or <c>{user}</c> for <see cref="Caller.UserName"/>: each identity then has its own account.</remarks>
[JsonConverter(typeof(TextConverter<LoginRule>))]
public readonly record struct LoginRule : IParsable<LoginRule>
{
    /// <summary>Stands for the caller's own user name.</summary>
    public const string OwnName = "{user}";

    /// <summary>The bounds, for people.</summary>
    public const string Rule = Login.Rule + "; or " + OwnName + " for the caller's own user name";

    private readonly Login? _login;

    private LoginRule(Login? login) => _login = login;

    /// <summary>One account.</summary>
    /// <param name="login">Which.</param>
    /// <returns>The rule.</returns>
    public static LoginRule Of(Login login) => new(login);

    /// <summary>The account that is meant for a caller.</summary>
    /// <param name="caller">Who enters.</param>
    /// <returns>The account; null when the rule asks for a user name and the caller has none, or is called root.</returns>
    public Login? LoginOf(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (_login is { } login) return login;
        // An identity's name must not make it the owner of every machine; whoever wants that writes root.
        return caller.UserName is { Text: not "root" } own ? own : null;
    }

    /// <summary>Parses a rule.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="FormatException">It is neither a login nor <see cref="OwnName"/>.</exception>
    public static LoginRule Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out LoginRule rule) ? rule : throw new FormatException(Rule);

    /// <summary>Parses a rule.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The rule.</param>
    /// <returns>Whether it is a login or <see cref="OwnName"/>.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out LoginRule result)
    {
        result = default;
        if (s == OwnName) return true;
        if (!Login.TryParse(s, provider, out Login login)) return false;
        result = new LoginRule(login);
        return true;
    }

    /// <summary>The text.</summary>
    /// <returns>The login, or <see cref="OwnName"/>.</returns>
    public override string ToString() => _login?.Text ?? OwnName;
}
