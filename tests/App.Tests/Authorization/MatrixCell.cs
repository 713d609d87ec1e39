namespace SshFunctions.App.Tests.Authorization;

/// <summary>One caller's request about the objects of one project, and its answer.</summary>
/// <param name="Row">The request.</param>
/// <param name="Caller">Whose.</param>
/// <param name="Project">Whose objects.</param>
/// <param name="Status">The status.</param>
/// <param name="Text">The body.</param>
/// <param name="Blurred">The body without the names of that project.</param>
internal sealed record MatrixCell(MatrixRow Row, MatrixCaller Caller, string Project, int Status, string Text, string Blurred)
{
    public bool IsMet => Status is >= 200 and < 300;

    public override string ToString() => $"{Row.Operation} {Row.Target} {Row.Body} by {Caller.Name} on {Project}: {Status} {(Text.Length > 400 ? Text[..400] : Text)}";
}
