using FluentValidation.Results;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts.Validation;

/// <summary>Says what is wrong with the coupon codes and exclusive grants of one contract.</summary>
internal static class ContractRightsCheck
{
    public static IEnumerable<ValidationFailure> Of(ContractDraft contract)
    {
        if (contract.Coupons.Count == 0 && contract.Exclusive.Count == 0)
        {
            return [];
        }

        HashSet<PartnerId> partners = [.. contract.Partners];
        return Coupons(contract, partners).Concat(Grants(contract, partners));
    }

    private static IEnumerable<ValidationFailure> Coupons(ContractDraft contract, HashSet<PartnerId> partners)
    {
        if (contract.Coupons.Count > CouponAssignment.CountMax)
        {
            yield return new(
                nameof(contract.Coupons), $"A contract has at most {CouponAssignment.CountMax} coupon codes.")
            {
                ErrorCode = ExclusivityCodes.Count,
            };
            yield break;
        }

        for (int i = 0; i < contract.Coupons.Count; i++)
        {
            CouponAssignment coupon = contract.Coupons[i];
            string path = $"{nameof(contract.Coupons)}[{InvariantText.Of(i)}]";
            if (coupon.Code.Length is 0 or > CouponAssignment.CodeLengthMax || coupon.Code.Trim() != coupon.Code)
            {
                yield return new(
                    $"{path}.{nameof(coupon.Code)}",
                    $"A code has 1 to {CouponAssignment.CodeLengthMax} characters, none at its ends a space.")
                {
                    ErrorCode = ExclusivityCodes.CouponMalformed,
                };
            }

            if (!partners.Contains(coupon.Partner))
            {
                yield return NotNamed($"{path}.{nameof(coupon.Partner)}");
            }
        }
    }

    private static IEnumerable<ValidationFailure> Grants(ContractDraft contract, HashSet<PartnerId> partners)
    {
        if (contract.Exclusive.Count > ExclusiveGrant.CountMax)
        {
            yield return new(
                nameof(contract.Exclusive), $"A contract has at most {ExclusiveGrant.CountMax} exclusive grants.")
            {
                ErrorCode = ExclusivityCodes.Count,
            };
            yield break;
        }

        for (int i = 0; i < contract.Exclusive.Count; i++)
        {
            ExclusiveGrant grant = contract.Exclusive[i];
            string path = $"{nameof(contract.Exclusive)}[{InvariantText.Of(i)}]";
            if (IsEmpty(grant))
            {
                yield return new(path, "An exclusive grant names a channel, a place or a category.")
                {
                    ErrorCode = ExclusivityCodes.GrantEmpty,
                };
            }

            if (grant.Partner is { } holder && !partners.Contains(holder))
            {
                yield return NotNamed($"{path}.{nameof(grant.Partner)}");
            }
        }
    }

    private static bool IsEmpty(ExclusiveGrant grant) =>
        grant.Channel is not { IsUnset: false } && grant.Place is not { IsUnset: false }
        && grant.Category is not { Length: > 0 and <= ExclusiveGrant.CategoryLengthMax };

    private static ValidationFailure NotNamed(string path) =>
        new(path, "An exclusive right belongs to one of the contract's partners.")
        {
            ErrorCode = ExclusivityCodes.PartnerNotNamed,
        };
}
