using SshFunctions.Hooks.Host.Enroll;

namespace SshFunctions.Hooks.Tests.Host.Enroll;

public sealed class ManagedIdentityTests
{
    [Theory]
    [InlineData("""{"access_token":"\ud800"}""")]
    [InlineData("""{"access_token":7}""")]
    [InlineData("[]")]
    [InlineData("")]
    public void An_answer_without_a_text_for_a_token_is_no_token(string answer) => Assert.Null(ManagedIdentity.Read(System.Text.Encoding.UTF8.GetBytes(answer)));
}
