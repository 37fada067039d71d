using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Calls;
using PerfMarketing.Proofs.Validation;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>What a contract's terms make of telephone calls.</summary>
public sealed class CallTests
{
    private static readonly CallTerms Ninety = new(90) { UniqueWithin = Duration.FromDays(30) };

    private static readonly CallTerms Office = Ninety with
    {
        When = When.All(
            When.LocalWeekdays(IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday),
            When.LocalHours(new(9, 0), new(17, 0)),
            When.Fact(Facts.CalledNumber).IsIn("+493012345", "+493012346"),
            When.Fact(Facts.Country).Is("DE")),
    };

    [Theory]
    [InlineData("long enough", 90, null)]
    [InlineData("a second short", 89, CallReasons.TooShort)]
    [InlineData("nobody answered", 0, CallReasons.NotAnswered)]
    public void A_call_pays_by_its_connected_seconds(string because, int seconds, string? code)
    {
        foreach (string kind in (string[])["call-received", "outbound-call-answered"])
        {
            CampaignRun run = Start(Ninety, kind);

            run.Process(Of(Call("o1", "2026-03-03T12:00:00Z", seconds) with { Kind = new(kind) }));

            Codes(run, "o1").FirstOrDefault().Should().Be(code, because);
            run.Entries.Texts().Should().Equal(code is null ? ["p-blog 20.00 EUR"] : []);
        }
    }

    [Fact]
    public void A_call_whose_seconds_are_not_known_waits()
    {
        CampaignRun run = Start(Ninety);
        run.Process(Of(Call("o1", "2026-03-03T12:00:00Z", 95) with { Facts = FactSet.Empty }));

        Qualification.Pending pending = run.State.Find(new("o1"))!.Decision!.Qualification
            .Should().BeOfType<Qualification.Pending>().Subject;
        pending.Missing.Should().Equal(CallTerms.Recorded);
        pending.Reasons.Single().Code.Should().Be(CallReasons.ConnectedUnknown);
    }

    [Fact]
    public void A_caller_counts_once_in_thirty_days_whoever_sends_him()
    {
        CampaignRun run = Start(Ninety);
        run.Process(Of(Call("o1", "2026-03-03T12:00:00Z", 20)));
        run.Process(Of(Call("o2", "2026-03-04T12:00:00Z", 95)));
        run.Process(Of(Call("o3", "2026-04-02T12:00:00Z", 95, "d-9")));
        run.Process(Of(Call("o4", "2026-04-03T11:59:59Z", 95)));
        run.Process(Of(Call("o5", "2026-05-03T11:59:59Z", 95)));

        run.State.Find(new("o2"))!.Decision!.Qualification.Should().BeOfType<Qualification.Rejected>()
            .Which.Reasons.Single().ToString().Should()
            .Be("call.repeated-caller (first: o1, at: 2026-03-03T12:00:00Z)", "a short call was a call all the same");
        Codes(run, "o3").Should().BeEmpty();
        Codes(run, "o4").Should().Equal(CallReasons.RepeatedCaller);
        Codes(run, "o5").Should().BeEmpty("exactly thirty days lie between, and windows are half-open");
        run.Entries.Texts().Should().Equal("p-blog 20.00 EUR", "p-blog 20.00 EUR");
    }

    [Fact]
    public void A_caller_who_is_not_known_waits_and_nobody_looks_when_callers_may_call_again()
    {
        CampaignRun run = Start(Ninety);
        run.Process(Of(Call("o1", "2026-03-03T12:00:00Z", 95, "  ")));
        Codes(run, "o1").Should().Equal(CallReasons.CallerUnknown);

        CampaignRun every = Start(Ninety with { UniqueWithin = null });
        every.Process(Of(Call("o1", "2026-03-03T12:00:00Z", 95)));
        every.Process(Of(Call("o2", "2026-03-03T12:10:00Z", 95)));
        every.Entries.Should().HaveCount(2);
        every.State.Traffic.Rooms.Should().BeEmpty();
    }

    [Theory]
    [InlineData("Tuesday, noon", "2026-03-03T12:00:00Z", "+493012346", "DE", true)]
    [InlineData("five in Berlin is too late", "2026-03-03T16:00:00Z", "+493012346", "DE", false)]
    [InlineData("one minute before is not", "2026-03-03T15:59:00Z", "+493012346", "DE", true)]
    [InlineData("Wednesday", "2026-03-04T12:00:00Z", "+493012346", "DE", false)]
    [InlineData("another number", "2026-03-03T12:00:00Z", "+499", "DE", false)]
    [InlineData("another country", "2026-03-03T12:00:00Z", "+493012346", "FR", false)]
    public void Business_hours_numbers_and_places_are_those_of_the_contract(
        string because, string at, string number, string country, bool isPaid)
    {
        CampaignRun run = Start(Office);
        Outcome call = Call("o1", at, 95);
        FactSet facts = call.Facts.With(Facts.CalledNumber, number).With(Facts.Country, country);

        run.Process(Of(call with { Facts = facts }));

        Codes(run, "o1").Should().Equal(isPaid ? [] : [CallReasons.NotAccepted], because);
    }

    [Fact]
    public void A_second_record_confirms_contradicts_and_is_never_the_beneficiarys()
    {
        CampaignRun run = Start(Ninety with { MustBeConfirmed = true, UniqueWithin = null });
        run.Process(Of(Call("o1", "2026-03-03T12:00:00Z", 92)));
        Codes(run, "o1").Should().Equal(CallReasons.NotConfirmed);

        run.Process(Record("o1", "own", 92, "p-blog"));
        Codes(run, "o1").Should().Equal(CallReasons.NotConfirmed);
        run.Process(Record("o1", "pbx", 90, "acme"));
        Codes(run, "o1").Should().BeEmpty();
        run.Entries.Texts().Should().Equal("p-blog 20.00 EUR");

        run.Process(Of(Call("o2", "2026-03-03T13:00:00Z", 92)));
        run.Process(Record("o2", "pbx-2", 95, "acme"));
        Codes(run, "o2").Should().Equal(CallReasons.RecordsDiffer);
        run.Process(Of(Call("o3", "2026-03-03T14:00:00Z", 91)));
        run.Process(Record("o3", "pbx-3", 89, "acme"));
        Codes(run, "o3").Should().Equal([CallReasons.TooShort], "the fewer seconds are what both bear out");
    }

    // Callers count once in thirty days: who called decides, as how long does.
    [Theory]
    [InlineData(false, "")]
    [InlineData(false, "call-seconds=95")]
    [InlineData(false, "caller=d-1")]
    [InlineData(true, "call-seconds=95 caller=d-1")]
    public void What_calls_are_judged_by_must_be_covered(bool isPaid, string covered)
    {
        EvidenceClaim[] claims = [.. covered.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(static c => new EvidenceClaim(c.Split('=')[0], c.Split('=')[1]))];
        ContractDraft contract = Draft(Ninety, "call-received");
        contract = contract with
        {
            Clauses = [contract.Clauses[0] with
            {
                Proof = ProofPolicy.Require("call-record", ProofStrength.Asserted),
            }],
        };
        CampaignRun run = Run(contract.ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Call("o1", "2026-03-03T12:00:00Z", 95)));
        EvidenceVerdict said = EvidenceVerdict.Asserted("call-record", new("r1"), At("2026-03-03T13:00:00Z"));
        run.Process(new CampaignInput.OfEvidence(
            new("o1"),
            said with
            {
                Scheme = SchemeId.Pm1,
                Strength = ProofStrength.Mac,
                Party = new("acme"),
                Claims = [.. claims, new EvidenceClaim("contract", "acme-2026")],
            }));

        Codes(run, "o1").Distinct().Should().Equal(isPaid ? [] : [ProofReasons.ClaimNotCovered]);
        run.Entries.Should().HaveCount(isPaid ? 1 : 0);
    }

    [Fact]
    public void A_person_may_approve_a_call_that_does_not_count()
    {
        CampaignRun run = Start(Ninety);
        run.Process(Of(Call("o1", "2026-03-03T12:00:00Z", 30)));

        run.Process(Of(new Approval
        {
            Id = new("a1"), Outcome = new("o1"), At = At("2026-03-05T12:00:00Z"), Author = "anna",
            Contract = new("acme-2026"),
        }));

        run.Entries.Texts().Should().Equal("p-blog 20.00 EUR");
    }

    [Fact]
    public void Terms_of_calls_are_part_of_the_contract()
    {
        ContractDraft draft = Draft(Office with { MustBeConfirmed = true, ToleranceSeconds = 5 }, "call-received");
        ContractDraft other = draft with { Calls = draft.Calls! with { ConnectedSecondsMin = 60 } };

        CampaignDraft read = CampaignJson.ParseCampaign(TermJson.Write(draft.ToCampaign()));
        read.Should().Be(draft.ToCampaign());
        other.Build().Digest.Should().NotBe(draft.Build().Digest);
        (draft with { Calls = null }).Build().Digest.Should().NotBe(draft.Build().Digest);
        TermDiff.Between(draft, other).Should().ContainSingle().Which.Path.Should().Contain("connectedSecondsMin");
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        CallTerms wrong = new(0)
        {
            UniqueWithin = Duration.FromMilliseconds(1_500),
            ToleranceSeconds = -1,
            When = When.LocalWeekdays(),
        };

        new CallTermsValidator().Validate(wrong).Errors.Select(static e => e.ErrorCode).Should().Equal(
            CallCodes.SecondsInvalid, CallCodes.WindowInvalid, CallCodes.ToleranceInvalid, CallCodes.ConditionInvalid);
        Draft(wrong, "call-received").Validate().Errors.Select(static e => e.PropertyName).Should()
            .Contain(["Calls.ConnectedSecondsMin", "Calls.When"]);
        new CallTermsValidator().Validate(Office).IsValid.Should().BeTrue();
    }

    private static string[] Codes(CampaignRun run, string id) =>
        run.State.Find(new(id))!.Decision!.Legs.Single().Qualification switch
        {
            Qualification.Rejected { Reasons: var reasons } => [.. reasons.Select(static r => r.Code)],
            Qualification.Pending { Reasons: var reasons } => [.. reasons.Select(static r => r.Code)],
            _ => [],
        };

    private static CampaignInput.OfEvidence Record(string outcome, string id, int seconds, string party) =>
        new(
            new(outcome),
            EvidenceVerdict.Asserted(CallTerms.Recorded, new(id), At("2026-03-04T12:00:00Z")) with
            {
                Scheme = SchemeId.Pm1,
                Party = new PartyId(party),
                Claims = [new("contract", "acme-2026"), new("call-seconds", InvariantText.Of(seconds))],
            });

    private static Outcome Call(string id, string at, int seconds, string caller = "d-1") =>
        Sale(id, at) with
        {
            Kind = "call-received",
            Facts = FactSet.Create(Facts.CallSeconds.Of(seconds), Facts.Caller.Of(caller)),
        };

    private static ContractDraft Draft(CallTerms terms, string kind) => ContractDraft.For("acme-2026").PaidBy("acme")
        .WithPartner("p-blog").In(Currency.Eur, "Europe/Berlin").Pays(kind, Pay.Fixed(20.Eur)) with
    {
        Calls = terms,
    };

    private static CampaignRun Start(CallTerms terms, string kind = "call-received") =>
        Run(Draft(terms, kind).ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
}
