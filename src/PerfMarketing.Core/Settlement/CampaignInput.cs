using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Proofs;

namespace PerfMarketing.Settlement;

/// <summary>
/// One input of a batch, in the order in which it was recorded: an outcome, evidence or a correction.
/// </summary>
public abstract record CampaignInput
{
    /// <summary>The outcome that the input is about.</summary>
    public abstract OutcomeId OutcomeId { get; }

    /// <summary>When the input was recorded: the instant at which it is decided.</summary>
    public abstract Instant RecordedAt { get; }

    /// <summary>An outcome.</summary>
    /// <param name="Outcome">The outcome.</param>
    public sealed record OfOutcome(Outcome Outcome) : CampaignInput
    {
        /// <inheritdoc/>
        public override OutcomeId OutcomeId => Outcome.Id;

        /// <inheritdoc/>
        public override Instant RecordedAt => Outcome.RecordedAt;
    }

    /// <summary>What a verifier said of an outcome.</summary>
    /// <param name="Outcome">The outcome.</param>
    /// <param name="Verdict">The verdict.</param>
    public sealed record OfEvidence(OutcomeId Outcome, EvidenceVerdict Verdict) : CampaignInput
    {
        /// <inheritdoc/>
        public override OutcomeId OutcomeId => Outcome;

        /// <inheritdoc/>
        public override Instant RecordedAt => Verdict.ReceivedAt;
    }

    /// <summary>A correction.</summary>
    /// <param name="Correction">The correction.</param>
    public sealed record OfCorrection(Correction Correction) : CampaignInput
    {
        /// <inheritdoc/>
        public override OutcomeId OutcomeId => Correction.Outcome;

        /// <inheritdoc/>
        public override Instant RecordedAt => Correction.RecordedAt;
    }
}
