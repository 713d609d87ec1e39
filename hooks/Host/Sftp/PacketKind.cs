namespace SshFunctions.Hooks.Host.Sftp;

/// <summary>The packets of the protocol. Source: draft-ietf-secsh-filexfer-02 section 3.</summary>
internal enum PacketKind : byte
{
    Initialize = 1,
    Version = 2,
    Open = 3,
    Close = 4,
    Read = 5,
    Write = 6,
    LinkState = 7,
    HandleState = 8,
    SetState = 9,
    SetHandleState = 10,
    OpenFolder = 11,
    ReadFolder = 12,
    Remove = 13,
    MakeFolder = 14,
    RemoveFolder = 15,
    RealPath = 16,
    State = 17,
    Rename = 18,
    ReadLink = 19,
    MakeLink = 20,
    Status = 101,
    Handle = 102,
    Data = 103,
    Name = 104,
    Attributes = 105,
    Extended = 200,
    ExtendedReply = 201,
}
