using System.Diagnostics.CodeAnalysis;

namespace SshFunctions.Core;

/// <summary>A value, or the refusal to give it.</summary>
/// <typeparam name="T">The value.</typeparam>
public readonly struct Result<T>
    where T : notnull
{
    private Result(T? value, Refusal? refusal)
    {
        Value = value;
        Refusal = refusal;
    }

    /// <summary>The value; null when refused.</summary>
    public T? Value { get; }

    /// <summary>The refusal; null when there is a value.</summary>
    public Refusal? Refusal { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Succeeded => Refusal is null;

    /// <summary>Wraps a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>Wraps a refusal.</summary>
    /// <param name="refusal">The refusal.</param>
    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);

    /// <summary>Takes it apart in one pattern.</summary>
    /// <param name="value">The value; null when refused.</param>
    /// <param name="refusal">The refusal; null when there is a value.</param>
    /// <returns>Whether there is a value.</returns>
    public bool Try([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        value = Value;
        refusal = Refusal;
        return refusal is null;
    }
}
