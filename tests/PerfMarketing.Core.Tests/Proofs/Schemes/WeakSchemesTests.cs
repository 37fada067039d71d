using System.Text;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Tests.Proofs.Schemes;

public sealed class WeakSchemesTests
{
    private const string Token = "a token of 32 letters and digits";

    private static readonly Instant Now = Instant.FromUtc(2026, 3, 3, 12, 0);
    private static readonly BearerToken InField = new("acme.postback", "security_token");

    [Theory]
    [InlineData("the token", "Bearer a token of 32 letters and digits", null)]
    [InlineData("in lower case", "bearer a token of 32 letters and digits", null)]
    [InlineData("another", "Bearer a token of 32 letters and digitS", ProofReasons.NoMatch)]
    [InlineData("a part", "Bearer a token", ProofReasons.NoMatch)]
    [InlineData("more", "Bearer a token of 32 letters and digits.", ProofReasons.NoMatch)]
    [InlineData("another kind", "Basic a token of 32 letters and digits", ProofReasons.MissingHeader)]
    [InlineData("nothing", "Bearer ", ProofReasons.MissingHeader)]
    public void A_token_in_the_header_says_who_sends(string because, string header, string? code)
    {
        EvidenceVerdict verdict = EvidenceSchemes.Default.Verify(
            Input("bearer-token", "https://host.example/p?amount=5", ("Authorization", header)),
            new(BearerToken.Instance.ReadKey(new("k"), Token) with { Party = new PartyId("tune") }));

        (verdict.Reason?.Code).Should().Be(code, because);
        verdict.Strength.Should().Be(code is null ? ProofStrength.Token : ProofStrength.None, because);
        verdict.Covered.Should().BeEmpty(because);
        verdict.Claims.Should().BeEmpty(because);
    }

    [Fact]
    public void A_token_in_a_field_is_in_no_verdict()
    {
        const string url = "https://host.example/p?amount=5&security_token=a+token+of+32+letters+and+digits";
        KeyRing keys = new(InField.ReadKey(new("k"), Token));

        EvidenceVerdict verdict = InField.Verify(Input("acme.postback", url), keys);
        EvidenceVerdict twice = InField.Verify(Input("acme.postback", url, ("Authorization", $"Bearer {Token}")), keys);
        EvidenceVerdict dearer = InField.Verify(
            Input("acme.postback", url.Replace("=5", "=500", StringComparison.Ordinal)), keys);

        verdict.Uncovered.Should().Equal(new EvidenceClaim("amount", "5"));
        verdict.ToString().Should().NotContain("letters");
        twice.Reason!.Code.Should().Be(ProofReasons.DuplicateHeader);
        dearer.IsValid.Should().BeTrue("a token guards nothing");
        dearer.ReplayKey.Should().NotBe(verdict.ReplayKey);
    }

    [Fact]
    public void Tokens_never_satisfy_a_policy_that_does_not_say_so()
    {
        EvidenceVerdict verdict = EvidenceSchemes.Default.Verify(
            Input("bearer-token", "https://host.example/", ("Authorization", $"Bearer {Token}")),
            new(BearerToken.Instance.ReadKey(new("k"), Token)));

        ProofPolicy.Require("order-paid").Judge(Now, [verdict], Now).Should().BeOfType<Qualification.Pending>();
        ProofPolicy.Require("order-paid", ProofStrength.Token).Judge(Now, [verdict], Now)
            .Should().BeOfType<Qualification.Qualified>();
    }

    [Theory]
    [InlineData("the class", "tune", true)]
    [InlineData("another class", "other", false)]
    [InlineData("no class", null, false)]
    public void A_network_says_who_sends(string because, string? sourceClass, bool valid)
    {
        SourceAddress scheme = new("acme.network", "tune", new PartyId("tune"));
        EvidenceInput input = new()
        {
            Kind = "order-paid",
            Scheme = "acme.network",
            ReceivedAt = Now,
            SourceClass = sourceClass,
            Request = new("GET", "https://host.example/p?order=7"),
        };

        EvidenceVerdict verdict = EvidenceSchemes.Default.With(scheme).Verify(input, KeyRing.Empty);

        verdict.IsValid.Should().Be(valid, because);
        verdict.Strength.Should().Be(valid ? ProofStrength.Token : ProofStrength.None, because);
        string.Join(' ', verdict.Uncovered.Select(static c => $"{c.Name}={c.Value}")).Should()
            .Be(valid ? "order=7 source-class=tune" : string.Empty, because);
        verdict.Party.Should().Be(valid ? new PartyId("tune") : null, because);
    }

    [Theory]
    [InlineData("found", "inv-7", "amount=19999&currency=EUR", null)]
    [InlineData("found without more", "inv-7", "", null)]
    [InlineData("no id", null, "amount=1", ProofReasons.NoReplayKey)]
    [InlineData("a field twice", "inv-7", "amount=1&amount=2", ProofReasons.Malformed)]
    [InlineData("no form", "inv-7", "%", ProofReasons.Malformed)]
    public void A_receipt_is_what_the_host_found(string because, string? id, string form, string? code)
    {
        EvidenceInput input = new()
        {
            Kind = "order-paid",
            Scheme = SchemeId.Receipt,
            ReceivedAt = Now,
            Id = id is null ? null : new EvidenceId(id),
            Body = Encoding.ASCII.GetBytes(form),
        };

        EvidenceVerdict verdict = EvidenceSchemes.Default.Verify(input, KeyRing.Empty);

        (verdict.Reason?.Code).Should().Be(code, because);
        verdict.Strength.Should().Be(code is null ? ProofStrength.Asserted : ProofStrength.None, because);
        verdict.Claims.Count.Should().Be(code is null && form.Length > 0 ? 2 : 0, because);
    }

    private static EvidenceInput Input(
        SchemeId scheme, string url, params (string Name, string Value)[] headers) => new()
        {
            Kind = "order-paid",
            Scheme = scheme,
            ReceivedAt = Now,
            Request = new("GET", url),
            Headers = [.. headers.Select(static h => new EvidenceHeader(h.Name, h.Value))],
        };
}
