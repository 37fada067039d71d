using FluentValidation;
using FluentValidation.Results;
using NodaTime;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Policies;

namespace PerfMarketing.Tests.Proofs;

public sealed class ProofPolicyCatalogTests
{
    private static readonly ProofPolicyCatalog WithPanel = ProofPolicyCatalog.Default.With(
        Panel.TagName, static _ => new Panel(), new InlineValidator<Panel>());

    public static TheoryData<string, ProofPolicy> Policies => new()
    {
        { "none", ProofPolicy.None },
        { "the defaults", ProofPolicy.Require("order-paid") },
        {
            "all terms",
            ProofPolicy.Require("order-paid", ProofStrength.Asserted, Duration.FromHours(36)) with
            {
                Schemes = [SchemeId.Asserted, "acme.callback"],
            }
        },
        { "an integrator's own", new Panel() },
    };

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_policy_reads_back_from_its_terms(string because, ProofPolicy policy)
    {
        TermFailures failures = [];
        TermNode terms = TermNode.Of(new Holder(policy));
        Holder? read = TermReader.Read(terms, failures, static t => Holder.Read(t, WithPanel));

        failures.Should().BeEmpty(because);
        read!.Proof.Should().Be(policy, because);
        TermDigest.Of(read.Proof).Should().Be(TermDigest.Of(policy), because);
        WithPanel.Validate(policy, "Proof").Should().BeEmpty(because);
    }

    [Fact]
    public void Terms_have_the_names_of_the_properties()
    {
        RequiredProof policy = ProofPolicy.Require("order-paid", ProofStrength.Asserted, Duration.FromDays(14)) with
        {
            Schemes = ["asserted"],
        };
        TermNode node = TermNode.Of(policy);

        node.Names.Should().Equal("proof", "kind", "minStrength", "schemes", "within");
        node.Items.Select(static i => i.Text).Should().Equal("require", "order-paid", "asserted", string.Empty, "14d");
    }

    [Fact]
    public void An_absent_policy_requires_nothing_and_an_unknown_one_passes_nothing()
    {
        TermFailures failures = [];
        Read(TermNode.OfObject([], []), failures).Should().Be(ProofPolicy.None);
        failures.Should().BeEmpty();

        ProofPolicy unknown = Read(Holding("acme.panel"), failures);

        failures.Select(static f => (f.Path, f.Code)).Should().Equal(("$.proof.proof", ProofCodes.PolicyUnknown));
        unknown.Judge(Now, [EvidenceVerdict.Asserted("order-paid", new("a"), Now)], Now).Should()
            .BeOfType<Qualification.Pending>();
        Read(TermNode.OfObject(["proof"], [TermNode.OfText("none")]), failures).Should().BeOfType<RequiredProof>();
    }

    public static TheoryData<string, ProofPolicy?, string, string> Wrong => new()
    {
        { "missing", null, "Proof", ProofCodes.PolicyMissing },
        { "not in the catalog", new Panel(), "Proof", ProofCodes.PolicyUnknown },
        { "no kind", ProofPolicy.Require(default), "Proof.Kind", ProofCodes.KindMissing },
        { "no strength", Require(ProofStrength.None), "Proof.MinStrength", ProofCodes.StrengthUndefined },
        { "strength undefined", Require((ProofStrength)7), "Proof.MinStrength", ProofCodes.StrengthUndefined },
        { "no time", Require(within: Duration.Zero), "Proof.Within", ProofCodes.WaitNotPositive },
        { "a fraction", Require(within: Duration.FromMilliseconds(1)), "Proof.Within", ProofCodes.WaitNotPositive },
        { "too long", Require(within: Duration.FromDays(36_526)), "Proof.Within", ProofCodes.WaitNotPositive },
        { "twice", Require() with { Schemes = ["a", "a"] }, "Proof.Schemes", ProofCodes.SchemesInvalid },
        { "no name", Require() with { Schemes = [default(SchemeId)] }, "Proof.Schemes", ProofCodes.SchemesInvalid },
        {
            "too many",
            Require() with { Schemes = [.. Enumerable.Range(0, 17).Select(static i => new SchemeId($"s{i}"))] },
            "Proof.Schemes",
            ProofCodes.SchemesInvalid
        },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_has_a_path_and_a_code(string because, ProofPolicy? policy, string path, string code)
    {
        ValidationFailure failure = ProofPolicyCatalog.Default.Validate(policy, "Proof").Single();

        (failure.PropertyName, failure.ErrorCode).Should().Be((path, code), because);
    }

    [Theory]
    [InlineData("no prefix", "panel")]
    [InlineData("taken", "acme.panel")]
    public void A_name_is_prefixed_and_free(string because, string tag) =>
        FluentActions.Invoking(() => WithPanel.With(tag, static _ => new Panel(), new InlineValidator<Panel>()))
            .Should().Throw<ArgumentException>(because);

    private static readonly Instant Now = Instant.FromUtc(2026, 3, 3, 12, 0);

    private static RequiredProof Require(ProofStrength minStrength = ProofStrength.Mac, Duration? within = null) =>
        ProofPolicy.Require("order-paid", minStrength, within);

    private static ProofPolicy Read(TermNode holder, TermFailures failures) =>
        TermReader.Read(holder, failures, static t => Holder.Read(t, ProofPolicyCatalog.Default))!.Proof;

    private static TermNode Holding(string tag) => TermNode.OfObject(
        ["proof"], [TermNode.OfObject(["proof", "seats"], [TermNode.OfText(tag), TermNode.OfNumber("3")])]);

    private sealed record Holder(ProofPolicy Proof) : ITerms
    {
        public static Holder Read(TermReader terms, ProofPolicyCatalog catalog) => new(catalog.Read(terms, "proof"));

        public void Write(TermWriter terms) => terms.Terms("proof", Proof);
    }

    private sealed record Panel : ProofPolicy
    {
        public const string TagName = "acme.panel";

        public override string Tag => TagName;

        protected internal override Qualification JudgeCore(ProofCase proof) => new Qualification.Rejected([]);

        protected override void WriteCore(TermWriter terms)
        {
        }
    }
}
