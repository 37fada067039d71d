using System.Text;
using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Calls;
using PerfMarketing.Proofs.Claims;
using PerfMarketing.Proofs.Schemes;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Settlement;
using PerfMarketing.Testing;
using PerfMarketing.Tests.Proofs;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>
/// Evidence that says itself that it is about something else moves no money here, whatever it is used for.
/// </summary>
public sealed class ElsewhereEvidenceTests
{
    private const string Here = "acme-2026";
    private const string There = "other-2026";

    private static readonly ProofKey Shop = Pm1.Key(new("k"), Convert.ToBase64String(TestSigner.SecretBytes)) with
    {
        Party = new PartyId("shop"),
    };

    private static readonly Instant Noon = At("2026-03-03T12:00:00Z");

    private static readonly ContractDraft Plain = Contract(
        Pay.Fixed(10.Eur), static c => c with { Proof = ProofPolicy.Require("order-paid", within: Weeks(2)) });

    [Theory]
    [InlineData(Here, 0)]
    [InlineData(There, 1)]
    public void A_finding_on_traffic_for_another_contract_filters_nothing(string contract, int paid)
    {
        ContractDraft draft = Contract(Pay.Fixed(10.Eur)) with
        {
            Traffic = new() { Rules = [new(TrafficRuleKind.CurrencyMismatch) { Values = ["USD"] }], RejectAt = 50 },
        };
        CampaignRun run = Run(draft.ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Evidence("o1", Says(contract, TrafficEvidence.Flagged, "f-1", [new("acme.panel", "60")])));

        run.Process(Of(Sale("o1", "2026-03-03T13:00:00Z", 100.Eur)));

        run.Entries.Should().HaveCount(paid);
    }

    [Theory]
    [InlineData(Here, 1)]
    [InlineData(There, 0)]
    public void A_record_of_a_call_for_another_contract_confirms_nothing(string contract, int paid)
    {
        CampaignRun run = Called();

        run.Process(Evidence("o1", Says(contract, CallTerms.Recorded, "r-1", [new("call-seconds", "95")])));

        run.Entries.Should().HaveCount(paid);
    }

    [Theory]
    [InlineData(Here, 0)]
    [InlineData(There, 1)]
    public void A_record_of_a_call_for_another_contract_contradicts_nothing(string contract, int paid)
    {
        CampaignRun run = Called();
        run.Process(Evidence("o1", Says(contract, CallTerms.Recorded, "r-1", [new("call-seconds", "30")])));

        run.Process(Evidence("o1", Says(Here, CallTerms.Recorded, "r-2", [new("call-seconds", "95")])));

        run.Entries.Should().HaveCount(paid);
    }

    // The second record is read by the fields that the contract names, whoever wrote it and however.
    [Theory]
    [InlineData("1:35", 1)]
    [InlineData("0:30", 0)]
    [InlineData("1:35.5", 0)]
    public void A_record_of_a_call_is_read_as_the_contract_says(string duration, int paid)
    {
        CampaignRun run = Called(new ClaimField("call-seconds", "claim:duration") { Unit = ClaimUnit.Seconds });

        run.Process(Evidence("o1", Says(Here, CallTerms.Recorded, "r-1", [new("duration", duration)])));

        run.Entries.Should().HaveCount(paid);
    }

    [Theory]
    [InlineData(Here, "0.00 EUR", ProofReasons.RuledOut)]
    [InlineData(There, "10.00 EUR", ProofReasons.Contradicted)]
    public void A_ruling_on_another_contract_takes_nothing_back(string contract, string left, string code)
    {
        ContractScenario scenario = Disputed().At("2026-03-05 09:00")
            .Proven(Says(contract, EvidenceKind.Ruling, "r-1", [new("result", "failed")], Noon + Duration.FromDays(2)));

        scenario.ExpectEarned("p-blog", left);
        scenario.State.Find(new("outcome-1"))!.Decision!.Legs.Single().Qualification.Match(
            static _ => [], static _ => [], static r => r.Reasons, static d => d.Reasons)
            .Select(static r => r.Code).Should().Contain(code);
    }

    // What a clawback schedule takes goes by the day of the ruling that is followed: nobody puts it off.
    [Theory]
    [InlineData("another contract's", There, "shop")]
    [InlineData("the beneficiary's own", Here, "p-blog")]
    public void A_ruling_is_of_its_own_day_whoever_else_ruled_later(string because, string contract, string party)
    {
        ContractDraft terms = Plain with
        {
            Clauses = [Plain.Clauses[0].TakenBackBy(ClawbackSchedule.UpTo(30).Then(60, 50.Percent))],
        };
        CampaignState state = new(terms.ToCampaign().Build());
        CampaignDecider decider = new(state.Campaign);
        Journey journey = new(new[] { Touch("p-blog", "2026-03-01T09:00:00Z") });
        Outcome sale = Sale("o1", "2026-03-03T12:00:00Z", 100.Eur);
        decider.Receive(state, sale, [Says(Here, "order-paid", "e-1", [])], journey, Noon);
        Add(Says(Here, "order-paid", "e-2", [new("result", "failed")], Noon + Duration.FromDays(1)), 1);
        Add(Says(contract, EvidenceKind.Ruling, "r-9", [new("result", "failed")], Noon + Duration.FromDays(45)) with
        {
            Party = new PartyId(party),
        }, 45);

        Add(Says(Here, EvidenceKind.Ruling, "r-1", [new("result", "failed")], Noon + Duration.FromDays(20)), 46);

        state.Find(new("o1"))!.Earnings.Single().Net.Should().Be(0.Eur, because);

        void Add(EvidenceVerdict verdict, int day) =>
            decider.AddEvidence(state, sale.Id, verdict, journey, Noon + Duration.FromDays(day));
    }

    // Somebody hands in what the shop signed for another's order: it pays him nothing, and is there when the other
    // needs it.
    [Fact]
    public void A_postback_that_names_another_outcome_pays_nothing_and_is_not_used_up()
    {
        CampaignRun run = Run(Plain.ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("mine", "2026-03-03T12:00:00Z", 100.Eur)));
        run.Process(Of(Sale("theirs", "2026-03-03T12:00:00Z", 100.Eur, "c2")));
        EvidenceVerdict theirs = Says(Here, "order-paid", "e-1", [new("outcome-id", "theirs")]);

        run.Process(Evidence("mine", theirs));

        run.Entries.Should().BeEmpty();
        run.State.Find(new("mine"))!.Decision!.Qualification.Should().BeOfType<Qualification.Pending>()
            .Which.Reasons.Select(static r => r.ToString()).Should().Equal("proof.other-outcome (outcome: theirs)");
        run.Process(Evidence("theirs", theirs));
        run.Entries.Should().ContainSingle().Which.OutcomeId.Should().Be(new OutcomeId("theirs"));
    }

    // The claim may be read from any place that a contract names.
    [Fact]
    public void A_field_that_names_another_outcome_is_read_as_contracts_say()
    {
        ContractDraft draft = Plain.Reading(new("outcome-id", "claim:reference"));
        CampaignRun run = Run(draft.ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("mine", "2026-03-03T12:00:00Z", 100.Eur)));

        run.Process(Evidence("mine", Says(Here, "order-paid", "e-1", [new("reference", "theirs")])));
        run.Entries.Should().BeEmpty();
        run.Process(Evidence("mine", Says(Here, "order-paid", "e-2", [new("reference", "mine")])));
        run.Entries.Should().ContainSingle();
    }

    // A sender may report that traffic was looked at and found sound, and say what the order was worth beside.
    [Fact]
    public void Only_codes_of_what_was_found_are_findings()
    {
        TrafficTerms terms = new() { Rules = [], HoldAt = 1 };
        EvidenceVerdict said = Says(
            Here, TrafficEvidence.Flagged, "f-1",
            [new("amount", "500"), new("currency", "EUR"), new("score", "100"), new("acme.panel", "60")]);

        Standing(said).Should().Equal(60);
        Standing(said with { Finding = EvidenceFinding.Failed }).Should().BeEmpty();

        int[] Standing(EvidenceVerdict verdict) =>
            [.. TrafficEvidence.Standing(terms, [], [verdict], Noon).Select(static s => s.Score)];
    }

    // Nobody fills the room of the host's own word with messages that name no party either.
    [Fact]
    public void What_names_no_party_pushes_out_no_word_of_the_host()
    {
        CampaignRun run = Run(
            (Contract(Pay.Fixed(10.Eur)) with
            {
                Traffic = new()
                {
                    Rules = [new(TrafficRuleKind.CurrencyMismatch) { Values = ["USD"], Then = TrafficAction.Hold }],
                },
            }).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));
        run.Entries.Should().BeEmpty();
        for (int i = 0; i < CampaignDecider.VerdictCountMax; i++)
        {
            run.Process(Evidence("o1", EvidenceVerdict.Asserted("order-paid", new($"n{i}"), Noon) with
            {
                Scheme = "acme.network",
                Strength = ProofStrength.Token,
            }));
        }

        run.Process(Evidence("o1", TrafficEvidence.Clear(new("c-1"), Noon + Duration.FromHours(1))));

        run.Entries.Should().ContainSingle();
    }

    private static CampaignRun Called(params ClaimField[] fields)
    {
        ContractDraft draft = ContractDraft.For(Here).PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "Europe/Berlin").Pays("call-received", Pay.Fixed(10.Eur)) with
        {
            Calls = new(60) { MustBeConfirmed = true },
            Claims = [.. fields],
        };
        CampaignRun run = Run(draft.ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T11:59:00Z") with
        {
            Kind = "call-received",
            Facts = FactSet.Create(Facts.CallSeconds.Of(95)),
        }));
        return run;
    }

    private static ContractScenario Disputed() => new ContractScenario(Plain.ToCampaign())
        .At("2026-03-03 12:00").Click("p-blog", "c1").Outcome("sale", "c1", 100.Eur)
        .At("2026-03-03 13:00").Proven(Says(Here, "order-paid", "e-1", [])).ExpectEarned("p-blog", "10.00 EUR")
        .At("2026-03-04 13:00").Proven(Says(
            Here, "order-paid", "e-2", [new("result", "failed")], Noon + Duration.FromDays(1)));

    private static CampaignInput.OfEvidence Evidence(string outcome, EvidenceVerdict verdict) =>
        new(new(outcome), verdict);

    private static Duration Weeks(int count) => Duration.FromDays(7 * count);

    // Signed and verified, as it comes in.
    private static EvidenceVerdict Says(
        string contract, EvidenceKind kind, string id, ValueList<EvidenceClaim> fields, Instant? at = null)
    {
        Instant now = at ?? Noon;
        ProofKey key = Shop with { Purpose = kind };
        string query = Pm1.Sign(key, new()
        {
            Contract = new(contract),
            Kind = kind,
            EventId = new(id),
            OccurredAt = now,
            IssuedAt = now,
            Nonce = "0123456789abcdef",
            Fields = fields,
        });
        EvidenceVerdict verdict = EvidenceSchemes.Default.Verify(
            new() { Kind = kind, Scheme = SchemeId.Pm1, ReceivedAt = now, Body = Encoding.ASCII.GetBytes(query) },
            new(key));
        verdict.IsValid.Should().BeTrue(verdict.Reason?.ToString());
        return verdict;
    }
}
