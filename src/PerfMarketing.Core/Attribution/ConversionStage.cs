using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Attribution;

/// <summary>
/// A step between touch and conversion: a bid before an auction is won, a trial before it is paid for.
/// </summary>
/// <remarks>
/// The instant of the step is a fact of the outcome. Where it is stated, the windows of touches end at the step, and
/// the step has a window of its own: <c>step ≤ conversion &lt; step + within</c>. An outcome without the fact came
/// directly, and the windows of touches end at the conversion as always.
/// </remarks>
/// <param name="Fact">The name of the fact that is the instant of the step, such as <c>bid-at</c>.</param>
/// <param name="Within">How long after the step the conversion may come.</param>
public sealed record ConversionStage(string Fact, LookbackWindow Within) : ITerms
{
    /// <summary>Reads a stage.</summary>
    /// <param name="terms">The terms.</param>
    public static ConversionStage Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Text("fact"), terms.Value<LookbackWindow>("within"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("fact", Fact);
        terms.Value("within", Within);
    }
}
