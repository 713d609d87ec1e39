using System.Buffers.Text;
using System.Text;

namespace SshFunctions.App.Tests.Secrecy;

/// <summary>Every secret of a run, and the forms in which one could lie somewhere.</summary>
internal sealed class SecretBag
{
    private readonly List<(string Name, byte[] Form)> _forms = [];

    /// <summary>How many forms are looked for.</summary>
    public int Count => _forms.Count;

    /// <summary>Takes a secret; of a token, the part behind the dot.</summary>
    /// <returns>The text as it was given.</returns>
    public string Add(string name, string text)
    {
        byte[] secret = Encoding.UTF8.GetBytes(text.Split('.') is [_, var behind] ? behind : text);
        Add(name, secret);
        Add($"{name} in hex", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(secret)));
        Add($"{name} in upper hex", Encoding.ASCII.GetBytes(Convert.ToHexString(secret)));
        for (int before = 0; before < 3; before++)
        {
            // Within a longer text it begins at any of three places of a group; what it shares with its neighbours is left away.
            byte[] shifted = [.. new byte[before], .. secret];
            int whole = shifted.Length / 3 * 4;
            Add($"{name} in base64", Encoding.ASCII.GetBytes(Convert.ToBase64String(shifted)[(before == 0 ? 0 : 4)..whole]));
            Add($"{name} in base64url", Encoding.ASCII.GetBytes(Base64Url.EncodeToString(shifted)[(before == 0 ? 0 : 4)..whole]));
        }

        return text;
    }

    /// <summary>The forms that are in some bytes.</summary>
    public IEnumerable<string> In(string where, ReadOnlyMemory<byte> bytes)
    {
        foreach ((string name, byte[] form) in _forms)
            if (bytes.Span.IndexOf(form) >= 0) yield return $"{name} is in {where}";
    }

    /// <summary>The forms that are in a text.</summary>
    public IEnumerable<string> In(string where, string text) => In(where, Encoding.UTF8.GetBytes(text));

    private void Add(string name, byte[] form)
    {
        if (form.Length < 8) throw new ArgumentException($"{name} is too short to be looked for");
        _forms.Add((name, form));
    }
}
