using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Proofs;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tests.Proofs;

public sealed class EvidenceVerdictTests
{
    [Fact]
    public void Claims_finding_and_state_survive_writing_and_reading()
    {
        var asserted = EvidenceVerdict.Asserted("sms", new EvidenceId("m-1"), Instant.FromUnixTimeSeconds(1));
        EvidenceVerdict verdict = asserted with
        {
            Claims = [new("status", "delivered")],
            Uncovered = [new("country", "de")],
            Finding = EvidenceFinding.Failed,
            State = "undelivered",
        };

        TermJson.Parse(TermJson.Write(verdict), EvidenceVerdict.Read).Should().Be(verdict);
        TermJson.Write(asserted).Should().NotContain("claims").And.NotContain("finding").And.NotContain("state");
    }
}
