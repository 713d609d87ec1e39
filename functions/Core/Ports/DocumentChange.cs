namespace SshFunctions.Core.Ports;

/// <summary>One change of a commit.</summary>
public abstract record DocumentChange
{
    private DocumentChange(string row) => Row = DocumentKey.CheckPart(row, nameof(row));

    /// <summary>The row it changes.</summary>
    public string Row { get; }

    /// <summary>Bytes of the body that it stores; 0 for a delete.</summary>
    public int BodyBytes => this switch
    {
        Insert insert => insert.Body.Length,
        Replace replace => replace.Body.Length,
        _ => 0,
    };

    /// <summary>Adds a document where there is none.</summary>
    /// <param name="Row">The row.</param>
    /// <param name="Body">UTF-8 JSON; not to be changed afterwards.</param>
    public sealed record Insert(string Row, ReadOnlyMemory<byte> Body) : DocumentChange(Row)
    {
        /// <summary>Whether the caller promises that nobody, in any process, deletes a document of this row within an hour of its insert.</summary>
        /// <remarks>
        /// Then the document itself tells whether an insert happened whose answer was lost, and a backend saves what it would else write
        /// along to know that from an insert which somebody undid. A promise that is broken may bring the document back.
        /// </remarks>
        public bool Stays { get; init; }
    }

    /// <summary>Puts a new body in place of the one that was read.</summary>
    /// <param name="Row">The row.</param>
    /// <param name="Body">UTF-8 JSON; not to be changed afterwards.</param>
    /// <param name="Version">What was read.</param>
    public sealed record Replace(string Row, ReadOnlyMemory<byte> Body, DocumentVersion Version) : DocumentChange(Row);

    /// <summary>Removes the document that was read.</summary>
    /// <param name="Row">The row.</param>
    /// <param name="Version">What was read.</param>
    public sealed record Delete(string Row, DocumentVersion Version) : DocumentChange(Row);
}
