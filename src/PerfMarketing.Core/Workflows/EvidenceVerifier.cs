using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Claims;

namespace PerfMarketing.Workflows;

/// <summary>Checks evidence with the keys that the host keeps, so that only verdicts go on.</summary>
/// <remarks>Thread-safe when the port is.</remarks>
public sealed class EvidenceVerifier
{
    private readonly IProofKeys keys;
    private readonly EvidenceSchemes schemes;

    /// <summary>Makes a verifier.</summary>
    /// <param name="keys">Where the keys are.</param>
    /// <param name="schemes">The schemes that are accepted; this library's when null.</param>
    public EvidenceVerifier(IProofKeys keys, EvidenceSchemes? schemes = null)
    {
        ArgumentNullException.ThrowIfNull(keys);
        this.keys = keys;
        this.schemes = schemes ?? EvidenceSchemes.Default;
    }

    /// <summary>Checks pieces of evidence.</summary>
    /// <param name="evidence">The evidence as it was received.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>One verdict for each piece, in their order; evidence in an unknown scheme proves nothing.</returns>
    public ValueTask<ValueList<EvidenceVerdict>> VerifyAsync(
        ValueList<EvidenceInput> evidence, CancellationToken cancellationToken) =>
        VerifyAsync(evidence, [], cancellationToken);

    /// <summary>Checks pieces of evidence, and reads the fields of those that are authentic.</summary>
    /// <param name="evidence">The evidence as it was received.</param>
    /// <param name="fields">The fields, as contracts name them.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>One verdict for each piece, in their order; evidence in an unknown scheme proves nothing.</returns>
    public async ValueTask<ValueList<EvidenceVerdict>> VerifyAsync(
        ValueList<EvidenceInput> evidence, ValueList<ClaimField> fields, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(fields);
        var verdicts = new EvidenceVerdict[evidence.Count];
        for (int i = 0; i < verdicts.Length; i++)
        {
            EvidenceInput input = evidence[i];
            KeyRing ring = await keys.FindAsync(input.Scheme, input.Kind, cancellationToken).ConfigureAwait(false);
            verdicts[i] = ClaimReader.Read(schemes.Verify(input, ring), input, fields);
        }

        return ValueList.Create<EvidenceVerdict>(verdicts);
    }
}
