using PerfMarketing.Proofs;
using PerfMarketing.Testing;
using PerfMarketing.Tests.Proofs;

namespace PerfMarketing.Tests.Testing;

public sealed class SignatureVerifierChecksTests
{
    public static TheoryData<string> Names => [.. SignatureVerifierChecks.All.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public Task A_verifier_on_the_platform_keeps_its_promises(string check) =>
        SignatureVerifierChecks.All.RunAsync(check, new PlatformVerifier(), default);

    [Theory]
    [InlineData(SignatureAnswer.Valid, "An unknown algorithm is unsupported")]
    [InlineData(SignatureAnswer.Invalid, "An unknown algorithm is unsupported")]
    [InlineData(SignatureAnswer.Unsupported, "Some algorithm is known")]
    [InlineData(SignatureAnswer.Invalid, "Published signatures verify")]
    [InlineData(SignatureAnswer.Valid, "No changed content verifies")]
    [InlineData(SignatureAnswer.Valid, "No changed or cut signature verifies")]
    [InlineData(SignatureAnswer.Valid, "No signature of nothing verifies")]
    [InlineData(SignatureAnswer.Valid, "A key that is none verifies nothing")]
    [InlineData(SignatureAnswer.Valid, "A signature is of one algorithm")]
    public async Task One_answer_to_everything_is_found_out(SignatureAnswer answer, string check)
    {
        Func<Task> run = () => SignatureVerifierChecks.All.RunAsync(check, new Always(answer), default);

        await run.Should().ThrowAsync<ScenarioFailedException>();
    }

    private sealed class Always(SignatureAnswer answer) : ISignatureVerifier
    {
        public SignatureAnswer Verify(SignatureQuestion question) => answer;
    }
}
