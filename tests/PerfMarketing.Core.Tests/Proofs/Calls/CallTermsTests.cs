using NodaTime;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Calls;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tests.Proofs.Calls;

public sealed class CallTermsTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 1, 12, 0);
    private static readonly CallTerms Terms = new(90) { UniqueWithin = Duration.FromDays(30) };

    [Theory]
    [InlineData("long enough", 90, true, EvidenceFinding.Happened, null)]
    [InlineData("a second short", 89, true, EvidenceFinding.Failed, CallReasons.TooShort)]
    [InlineData("a machine answered nobody", 300, false, EvidenceFinding.Failed, CallReasons.NotAnswered)]
    [InlineData("below zero is no time", -1, true, EvidenceFinding.Undecided, CallReasons.ConnectedUnknown)]
    public void Connected_seconds_count(
        string because, int seconds, bool isAnswered, EvidenceFinding finding, string? code)
    {
        CallJudgement judged = Terms.Judge(Call("a", 0, seconds) with { IsAnswered = isAnswered }, []);

        judged.Finding.Should().Be(finding, because);
        judged.Reasons.Select(static reason => reason.Code).FirstOrDefault().Should().Be(code);
    }

    [Fact]
    public void The_whole_duration_never_stands_for_the_connected_one() =>
        Terms.Judge(Call("a", 0, 0) with { ConnectedSeconds = null }, []).Should().BeEquivalentTo(new
        {
            Finding = EvidenceFinding.Undecided,
            Reasons = new[] { new { Code = CallReasons.ConnectedUnknown } },
        });

    [Fact]
    public void A_caller_counts_once_in_a_window()
    {
        CallRecord first = Call("a", 0, 95);
        CallRecord again = Call("b", 29 * 86_400, 95);
        CallRecord later = Call("c", 30 * 86_400, 95);
        CallRecord[] all = [later, again, first];

        Terms.Judge(first, all).Finding.Should().Be(EvidenceFinding.Happened, "it is the first");
        Terms.Judge(again, all).Reasons.Single().ToString()
            .Should().Be("call.repeated-caller (first: a, at: 2026-03-01T12:00:00Z)");
        Terms.Judge(later, [first]).Finding.Should().Be(EvidenceFinding.Happened, "the window is half-open");
        Terms.Judge(again, [first with { IsAnswered = false }]).Finding.Should().Be(EvidenceFinding.Happened);
        Terms.Judge(again, [first with { Caller = new("c-9") }]).Finding.Should().Be(EvidenceFinding.Happened);
        Terms.Judge(again with { Caller = null }, all).Reasons.Single().Code.Should().Be(CallReasons.CallerUnknown);
        (Terms with { UniqueWithin = null }).Judge(again with { Caller = null }, all).Finding
            .Should().Be(EvidenceFinding.Happened);
        Terms.Judge(first with { Id = new("z") }, [first]).Finding
            .Should().Be(EvidenceFinding.Failed, "of two calls of one instant one is the first");
    }

    [Theory]
    [InlineData("two seconds more are the same call", 97, 0, EvidenceFinding.Happened, "95")]
    [InlineData("two seconds less, and less counts", 93, 2, EvidenceFinding.Happened, "93")]
    [InlineData("three seconds are not", 98, 0, EvidenceFinding.Undecided, "95")]
    [InlineData("begun three seconds apart", 95, 3, EvidenceFinding.Undecided, "95")]
    public void A_second_record_confirms_within_two_seconds(
        string because, int seconds, int start, EvidenceFinding finding, string claimed)
    {
        CallTerms strict = Terms with { MustBeConfirmed = true };
        CallRecord call = Call("a", 0, 95);

        CallJudgement judged = strict.Judge(call, [], Call("pbx-1", start, seconds));

        judged.Finding.Should().Be(finding, because);
        judged.Claims.Should().Contain(new EvidenceClaim("call-seconds", claimed));
        strict.Judge(call, []).Reasons.Single().Code.Should().Be(CallReasons.NotConfirmed);
        Terms.Judge(call, [], Call("pbx-1", 0, 95) with { IsAnswered = false }).Reasons.Single().Code
            .Should().Be(CallReasons.RecordsDiffer, "a contradiction counts also where none had to confirm");
    }

    [Fact]
    public void What_both_records_bear_out_is_below_the_minimum() =>
        Terms.Judge(Call("a", 0, 90), [], Call("pbx-1", 0, 89)).Reasons.Single().Code
            .Should().Be(CallReasons.TooShort);

    [Fact]
    public void A_verdict_takes_the_finding()
    {
        EvidenceVerdict verdict = EvidenceVerdict.Asserted("call-record", new("a"), Noon) with
        {
            Claims = [new("call-seconds", "999"), new("line", "7")],
        };

        EvidenceVerdict applied = Terms.Judge(Call("a", 0, 95), []).ApplyTo(verdict);

        applied.Finding.Should().Be(EvidenceFinding.Happened);
        applied.State.Should().Be("connected");
        applied.Claims.Should().Contain([new("call-seconds", "95"), new("line", "7"), new("caller", "c-1")])
            .And.HaveCount(6);
        EvidenceVerdict forged = verdict with { Authenticity = Authenticity.Invalid };
        Terms.Judge(Call("a", 0, 95), []).ApplyTo(forged).Should().BeSameAs(forged);
        Terms.Judge(Call("a", 0, 5), []).ApplyTo(verdict).State.Should().Be(CallReasons.TooShort);
    }

    [Fact]
    public void Terms_and_records_survive_being_written_and_read()
    {
        CallTerms terms = Terms with { MustBeConfirmed = true, ToleranceSeconds = 5 };
        CallRecord record = Call("a", 0, 95);

        TermJson.Parse(TermJson.Write(terms), CallTerms.Read).Should().Be(terms);
        TermJson.Parse(TermJson.Write(record), CallRecord.Read).Should().Be(record);
        TermJson.Write(new CallTerms(60)).Should().Be("""{"connectedSecondsMin":60}""");
    }

    private static CallRecord Call(string id, long second, int seconds) =>
        new(new(id), Noon.Plus(Duration.FromSeconds(second)))
        {
            IsAnswered = true,
            ConnectedSeconds = seconds,
            Caller = new("c-1"),
        };
}
