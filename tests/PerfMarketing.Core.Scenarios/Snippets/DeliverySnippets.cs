using NodaTime;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Delivery;
using PerfMarketing.Proofs.Validation;
using PerfMarketing.Serialization;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/delivery-states.md.</summary>
public sealed class DeliverySnippets
{
    [Fact]
    public void Read_a_delivery_receipt()
    {
        Instant early = Instant.FromUtc(2026, 3, 1, 9, 0);
        Instant late = early.Plus(Duration.FromMinutes(5));
        EvidenceVerdict verdict = EvidenceVerdict.Asserted("sms-status", new("m-1"), early) with
        {
            Claims = [new("stat", "DELIVRD")],
        };

        #region read
        DeliveryTerms sms = new(Table: "dlr-text", Field: "stat");

        EvidenceVerdict read = sms.Apply(verdict);          // stat:DELIVRD is delivered, and that is what counts
        string? state = read.State;
        EvidenceFinding finding = read.Finding;
        #endregion

        #region trusting
        DeliveryTerms trusting = sms with
        {
            Counts = [DeliveryOutcome.Accepted, DeliveryOutcome.Delivered],
            Statuses = [new("OPENED", DeliveryOutcome.Read)],
        };
        #endregion

        #region reports
        DeliveryProgress progress = DeliveryProgress.Of(
            [new(DeliveryOutcome.Failed, early), new(DeliveryOutcome.Delivered, late)]);
        DeliveryOutcome outcome = progress.Outcome;  // delivered: the provider says that it came after the failure
        #endregion

        state.Should().Be("delivered");
        finding.Should().Be(EvidenceFinding.Happened);
        outcome.Should().Be(DeliveryOutcome.Delivered);
        new DeliveryTermsValidator().Validate(trusting).IsValid.Should().BeTrue();
        TermJson.Parse(
            """
            {
              "table": "dlr-text", "field": "stat",
              "counts": ["accepted", "delivered"],
              "statuses": [{ "status": "OPENED", "outcome": "read" }]
            }
            """,
            DeliveryTerms.Read).Should().Be(trusting);
    }
}
