"""The values that travel the road, all frozen: requests, authored content, leaflets (the waist) and pages."""
