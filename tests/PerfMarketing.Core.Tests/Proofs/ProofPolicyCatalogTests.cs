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
        { "everything a requirement may say", Everything },
        { "a standard", ProofPolicies.EmailDelivered with { Within = Duration.FromDays(9) } },
        {
            "nested",
            ProofPolicy.All(
                EverythingInside,
                ProofPolicy.Some(2, Require(), EverythingInside, new Panel()),
                ProofPolicy.Any(Require())) with
            {
                CoveredClaims = CoveredClaims.AsNamed,
            }
        },
    };

    private static RequiredProof Everything => ProofPolicy.Require("order-paid", ProofStrength.Mac) with
    {
        States = ["delivered", "read"],
        Claims =
        [
            new("amount") { Matches = "amount", Tolerance = 0.01m }, new("order-id"),
            new("by") { Is = "human", AtLeast = 2 },
        ],
        Parties = 2,
        From = [new("shop"), new("bank")],
        MaxAge = Duration.FromDays(90),
        MaxSkew = Duration.FromMinutes(5),
        Hold = Duration.FromHours(72),
        CoveredClaims = CoveredClaims.AsNamed,
    };

    private static RequiredProof EverythingInside => Everything with { CoveredClaims = CoveredClaims.Required };

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
        { "a state twice", Require() with { States = ["a", "a"] }, "Proof.States", ProofCodes.StatesInvalid },
        { "an empty state", Require() with { States = [""] }, "Proof.States", ProofCodes.StatesInvalid },
        {
            "a claim twice", Require() with { Claims = [new("a"), new("a")] }, "Proof.Claims", ProofCodes.ClaimsInvalid
        },
        { "a claim unnamed", Require() with { Claims = [new("")] }, "Proof.Claims", ProofCodes.ClaimsInvalid },
        {
            "a tolerance of nothing", Require() with { Claims = [new("a") { Tolerance = 1 }] }, "Proof.Claims",
            ProofCodes.ClaimsInvalid
        },
        {
            "a tolerance below zero", Require() with { Claims = [new("a") { Matches = "amount", Tolerance = -1 }] },
            "Proof.Claims", ProofCodes.ClaimsInvalid
        },
        { "no party", Require() with { Parties = 0 }, "Proof.Parties", ProofCodes.PartiesOutOfRange },
        { "many parties", Require() with { Parties = 9 }, "Proof.Parties", ProofCodes.PartiesOutOfRange },
        { "a party twice", Require() with { From = [new("a"), new("a")] }, "Proof.From", ProofCodes.FromInvalid },
        {
            "fewer than have to say so", Require() with { From = [new("a")], Parties = 2 }, "Proof.From",
            ProofCodes.FromInvalid
        },
        {
            "a negative age", Require() with { MaxAge = Duration.FromDays(-1) }, "Proof.MaxAge",
            ProofCodes.DurationInvalid
        },
        {
            "a long skew", Require() with { MaxSkew = Duration.FromDays(36_526) }, "Proof.MaxSkew",
            ProofCodes.DurationInvalid
        },
        {
            "a hold of parts", Require() with { Hold = Duration.FromMilliseconds(1) }, "Proof.Hold",
            ProofCodes.DurationInvalid
        },
        {
            "no such coverage", Require() with { CoveredClaims = (CoveredClaims)7 }, "Proof.CoveredClaims",
            ProofCodes.CoverageUndefined
        },
        { "no such standard", new StandardProof("sales"), "Proof.Of", ProofCodes.StandardUnknown },
        {
            "no such version", ProofPolicies.Sale with { Version = 2 }, "Proof.Of", ProofCodes.StandardUnknown
        },
        {
            "a standard in no time", ProofPolicies.Sale with { Within = Duration.Zero }, "Proof.Within",
            ProofCodes.WaitNotPositive
        },
        { "all of none", ProofPolicy.All(), "Proof.Of", ProofCodes.NeededOutOfRange },
        { "any of none", ProofPolicy.Any(), "Proof.Of", ProofCodes.NeededOutOfRange },
        { "more than all", ProofPolicy.Some(2, Require()), "Proof.Of", ProofCodes.NeededOutOfRange },
        { "none of some", ProofPolicy.Some(0, Require()), "Proof.Of", ProofCodes.NeededOutOfRange },
        { "nothing inside", ProofPolicy.All(ProofPolicy.None), "Proof.Of[0]", ProofCodes.NothingNested },
        {
            "wrong inside", ProofPolicy.All(Require(), ProofPolicy.Any(Require(ProofStrength.None))),
            "Proof.Of[1].Of[0].MinStrength", ProofCodes.StrengthUndefined
        },
        {
            "a weaker part", ProofPolicy.All(Require(), Require() with { CoveredClaims = CoveredClaims.AsNamed }),
            "Proof.Of[1].CoveredClaims", ProofCodes.CoverageNested
        },
        { "unknown inside", ProofPolicy.All(new Panel()), "Proof.Of[0]", ProofCodes.PolicyUnknown },
        { "too deep", Nested(9), "Proof.Of[0].Of[0].Of[0].Of[0].Of[0].Of[0].Of[0].Of[0]", ProofCodes.TooLarge },
        {
            "too many", ProofPolicy.All([.. Enumerable.Repeat<ProofPolicy>(Require(), 64)]), "Proof.Of[63]",
            ProofCodes.TooLarge
        },
    };

    private static ProofPolicy Nested(int depth) => depth == 1 ? Require() : ProofPolicy.All(Nested(depth - 1));

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
