using SshFunctions.Core;

namespace SshFunctions.App.Hosting.Settings;

/// <summary>A setting whose text is parsed to <typeparamref name="T"/>, once when it is checked and once when it is bound.</summary>
internal sealed class Setting<T>(string name, string? valueHint, string help, string? example, Func<string, Result<T>> parse)
    : Setting(name, valueHint, help, example)
    where T : notnull
{
    public override Refusal? Check(string text) => parse(text).Refusal;

    /// <summary>Parses a value that <see cref="Check"/> has passed.</summary>
    public T Parse(string text) =>
        parse(text).Try(out T? value, out Refusal? refusal) ? value : throw new InvalidOperationException(refusal.Detail);
}
