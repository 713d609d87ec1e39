namespace SshFunctions.Core.Rotation;

/// <summary>The names of purposes.</summary>
public static class KeyPurposeText
{
    /// <summary>The rule, for people.</summary>
    public const string Rule = "user-ca, host-ca or journal";

    /// <summary>The name as people, documents and the API write it.</summary>
    /// <param name="purpose">The purpose.</param>
    /// <returns>For example <c>user-ca</c>.</returns>
    public static string Text(this KeyPurpose purpose) => purpose switch
    {
        KeyPurpose.UserCa => "user-ca",
        KeyPurpose.HostCa => "host-ca",
        _ => "journal",
    };

    /// <summary>Reads a name.</summary>
    /// <param name="text">The name.</param>
    /// <param name="purpose">What it means.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string? text, out KeyPurpose purpose)
    {
        foreach (KeyPurpose each in Enum.GetValues<KeyPurpose>())
        {
            purpose = each;
            if (each.Text() == text) return true;
        }

        purpose = default;
        return false;
    }
}
