using System.Collections.Immutable;

namespace SshFunctions.Core.Passcodes;

/// <summary>The passcodes of one subject: one document, so that two mints at once can't both be the last that fits.</summary>
/// <param name="Passcodes">Those that were not known to be spent when it was written.</param>
internal sealed record PasscodeList(ImmutableArray<PasscodeStub> Passcodes);
